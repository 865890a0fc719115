package io.ottla.internal.cluster.metadata;

import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Brokers that a test answers for: keeps each question until the test ends it.
 *
 * @param <Q> the questions
 * @param <R> the answers
 */
class AskedBrokers<Q extends RequestMessage<R>, R extends ResponseMessage> {
  private record Open<Q, R extends ResponseMessage>(Q question, Reply<R> reply) {}

  private final Queue<Open<Q, R>> open = new ArrayDeque<>();
  int asked;
  int mostAtOnce;
  String attempts = "";

  public void ask(Q request, long timeoutNanos, Reply<R> reply) {
    asked++;
    open.add(new Open<>(request, reply));
    mostAtOnce = Math.max(mostAtOnce, open.size());
  }

  public String attemptsSince(long sinceNanos) {
    return attempts;
  }

  boolean isAsked() {
    return !open.isEmpty();
  }

  Q question() {
    return open.element().question;
  }

  void answer(R response) {
    open.remove().reply.onResponse(response);
  }

  void fail(OttlaException failure) {
    open.remove().reply.onFailure(failure);
  }

  void fail() {
    fail(new ConnectionLostException("broker1 hung up", SendOutcome.UNKNOWN, null));
  }

  /** Takes the question away, and gives the way to answer it late. */
  Reply<R> take() {
    return open.remove().reply;
  }

  static final class AboutMetadata extends AskedBrokers<MetadataRequest, MetadataResponse>
      implements MetadataSource {
    /** The names that are asked for, sorted; null for all. */
    @Nullable List<String> topics() {
      List<MetadataRequestTopic> topics = question().topics();
      if (topics == null) {
        return null;
      }
      List<String> names = new ArrayList<>();
      topics.forEach(topic -> names.add(String.valueOf(topic.name())));
      return names;
    }
  }

  static final class AboutCoordinators
      extends AskedBrokers<FindCoordinatorRequest, FindCoordinatorResponse>
      implements CoordinatorSource {}
}
