package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose coordinators are asked for: all at once from version 4 on, one by one before. The
 * answer has the form that the caller's question had: for one key in {@code key}, or for a list in
 * {@code coordinatorKeys}.
 */
final class FindCoordinatorSplit
    extends Split<FindCoordinatorRequest, FindCoordinatorResponse, String, Coordinator> {
  private static final int FIRST_WITH_SEVERAL = 4;

  @Override
  public boolean dependsOnVersion() {
    return true;
  }

  @Override
  public int mostPieces(int version) {
    return version < FIRST_WITH_SEVERAL ? 1 : Integer.MAX_VALUE;
  }

  @Override
  public List<String> pieces(FindCoordinatorRequest whole, Collection<Integer> brokers) {
    return whole.coordinatorKeys().isEmpty()
        ? List.of(whole.key())
        : List.copyOf(whole.coordinatorKeys());
  }

  @Override
  public Target target(String key) {
    return Target.Anybody.INSTANCE;
  }

  @Override
  public FindCoordinatorRequest request(
      FindCoordinatorRequest whole, List<String> keys, Terms terms) {
    FindCoordinatorRequest part = new FindCoordinatorRequest().keyType(whole.keyType());
    return terms.version() < FIRST_WITH_SEVERAL
        ? part.key(keys.get(0))
        : part.coordinatorKeys(new ArrayList<>(keys));
  }

  @Override
  public List<@Nullable Coordinator> answers(
      FindCoordinatorRequest part, List<String> keys, FindCoordinatorResponse response) {
    List<@Nullable Coordinator> answers = new ArrayList<>();
    for (String key : keys) {
      answers.add(
          response.coordinators().isEmpty()
              ? single(key, response)
              : response.coordinators().stream()
                  .filter(found -> found.key().equals(key))
                  .findFirst()
                  .orElse(null));
    }
    return answers;
  }

  private static Coordinator single(String key, FindCoordinatorResponse response) {
    return new Coordinator()
        .key(key)
        .nodeId(response.nodeId())
        .host(response.host())
        .port(response.port())
        .errorCode(response.errorCode())
        .errorMessage(response.errorMessage());
  }

  @Override
  public ErrorCode error(Coordinator answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public Coordinator refusal(String key, ErrorCode error, String why) {
    return new Coordinator()
        .key(key)
        .nodeId(-1)
        .host("")
        .port(-1)
        .errorCode(error.code())
        .errorMessage(why);
  }

  @Override
  public FindCoordinatorResponse merge(
      FindCoordinatorRequest whole,
      List<String> keys,
      List<Coordinator> answers,
      List<FindCoordinatorResponse> responses) {
    FindCoordinatorResponse merged = new FindCoordinatorResponse();
    for (FindCoordinatorResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
    }
    if (!whole.coordinatorKeys().isEmpty()) {
      return merged.coordinators(new ArrayList<>(answers));
    }
    Coordinator only = answers.get(0);
    return merged
        .nodeId(only.nodeId())
        .host(only.host())
        .port(only.port())
        .errorCode(only.errorCode())
        .errorMessage(only.errorMessage());
  }
}
