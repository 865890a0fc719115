package io.ottla.internal.broker;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.net.PeerVersions;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.FetchRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads batches from the partitions of one broker, without a fetch session.
 *
 * <p>Thread: any.
 */
public final class Fetching {
  private static final int FIRST_WITH_IDS = 13;

  private final Requests requests;
  private final TopicIds topicIds;
  private final Duration requestTimeout;
  private final int maxFrameBytes;

  /**
   * @param requestTimeout how long an answer may take beyond the broker's own wait
   * @param maxFrameBytes the largest response that is read
   */
  public Fetching(Requests requests, Duration requestTimeout, int maxFrameBytes) {
    this.requests = requests;
    this.requestTimeout = requestTimeout;
    this.maxFrameBytes = maxFrameBytes;
    topicIds = new TopicIds(requests);
  }

  /** Reads once; see {@code Broker.fetch}. */
  public CompletableFuture<List<FetchResult>> fetch(
      List<FetchPosition> positions, FetchLimits limits) {
    requireDistinct(positions);
    if (positions.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    if (limits.maxBytes() > maxFrameBytes) {
      return CompletableFuture.failedFuture(
          new RefusedException(
              "fetch not sent: its limit of "
                  + limits.maxBytes()
                  + " bytes is more than the largest response that is read, "
                  + maxFrameBytes
                  + " (max.frame); lower the one or raise the other",
              SendOutcome.NOT_SENT,
              null));
    }
    Duration timeout = requestTimeout.plus(limits.maxWait());
    long startNanos = requests.clock().nanoTime();
    return requests
        .versions()
        .thenCompose(
            peer -> {
              int version = versionFor(peer);
              List<String> names = positions.stream().map(FetchPosition::topic).distinct().toList();
              return version < FIRST_WITH_IDS
                  ? send(positions, limits, Map.of(), version, timeout)
                  : topicIds
                      .of(names, timeout)
                      .thenCompose(
                          ids ->
                              send(
                                  positions,
                                  limits,
                                  ids,
                                  ids.values().stream().anyMatch(TopicId::isNameless)
                                      ? FIRST_WITH_IDS - 1
                                      : version,
                                  requests.left(timeout, startNanos, "fetch")));
            });
  }

  private CompletableFuture<List<FetchResult>> send(
      List<FetchPosition> positions,
      FetchLimits limits,
      Map<String, TopicId> ids,
      int version,
      Duration timeout) {
    List<FetchPosition> known =
        positions.stream()
            .filter(
                position -> {
                  TopicId id = ids.get(position.topic());
                  return id == null || id.isKnown();
                })
            .toList();
    if (known.isEmpty()) {
      return CompletableFuture.completedFuture(FetchResults.unsent(positions, ids));
    }
    FetchRequest request = FetchRequests.of(known, ids, limits);
    return requests
        .send(request, timeout, version, () -> {})
        .thenApply(
            response -> {
              List<FetchResult> results = FetchResults.read(response, positions, ids);
              forgetDeniedIds(results);
              return results;
            });
  }

  private int versionFor(PeerVersions peer) {
    int version = peer.highestCommon(ApiKey.FETCH);
    if (version < 0) {
      throw new UnsupportedVersionException(
          "fetch not sent: " + requests.peer() + " takes no version of Fetch that Ottla has");
    }
    return version;
  }

  private void forgetDeniedIds(List<FetchResult> results) {
    for (FetchResult result : results) {
      switch (result.error()) {
        case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, INCONSISTENT_TOPIC_ID ->
            topicIds.forget(result.topic());
        default -> {}
      }
    }
  }

  private static void requireDistinct(List<FetchPosition> positions) {
    Set<PartitionKey> seen = new HashSet<>();
    for (FetchPosition position : positions) {
      if (!seen.add(new PartitionKey(position.topic(), position.partition()))) {
        throw new IllegalArgumentException(
            position.topic() + "-" + position.partition() + " is named twice");
      }
    }
  }
}
