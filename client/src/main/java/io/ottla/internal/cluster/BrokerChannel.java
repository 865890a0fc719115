package io.ottla.internal.cluster;

import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one producer or consumer to one broker: a connection that is opened when it is needed,
 * and anew after a loss. Thread: the loop of its {@link ClusterFloor}; what it is given is called
 * there, too.
 */
public interface BrokerChannel {
  /** The broker's id. */
  int brokerId();

  /** What the broker takes, if a connection is open now. */
  @Nullable PeerVersions versions();

  /** What the broker takes; opens a connection if there is none. Exactly one of both is null. */
  void connect(BiConsumer<@Nullable PeerVersions, @Nullable Throwable> then);

  /** Why no connection could be opened of late; null if all is well. */
  @Nullable LinkTrouble trouble();

  /**
   * Sends a request. Requests leave, and are answered, in the order of the calls.
   *
   * @param version the version it is written in
   * @param timeoutNanos how long the answer may take
   * @param onBytesFree called once, when nothing reads the request's bytes any more: before or
   *     after the reply
   */
  <R extends ResponseMessage> void send(
      RequestMessage<R> request,
      int version,
      long timeoutNanos,
      Runnable onBytesFree,
      Reply<R> reply);
}
