package io.ottla.testkit.internal.wire;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;

/**
 * One request to a fake broker, and the way to answer it: once, at once or later. A broker takes
 * the next request of a connection when this one is answered, as Kafka does.
 *
 * <p>Thread: the cluster's loop.
 *
 * @param <Q> the request
 * @param <R> what answers it
 */
public interface Exchange<Q extends RequestMessage<R>, R extends ResponseMessage> {
  /** What is asked. The bytes of records in it may be kept. */
  Q request();

  /** The version in which it was asked, and will be answered. */
  int version();

  /** Who asks, as the request's header says; empty if it does not. */
  String clientId();

  /** The host that asks, as groups report it: {@code /127.0.0.1}. */
  String clientHost();

  /** The broker that is asked. */
  int brokerId();

  /** A number that no other connection of the cluster has. */
  long connectionId();

  /** Whether the asker is still there; what waits for nobody may be dropped. */
  boolean isOpen();

  /** Something to do if the connection ends before the answer, for example to wait no more. */
  void onClose(Runnable task);

  /** Answers. Does nothing if the connection is gone. */
  void answer(R response);

  /** Answers, and closes the connection behind the answer. */
  default void answerLast(R response) {
    answer(response);
    closeConnection("its last answer was sent");
  }

  /** Says that this request gets no answer, such as Produce with acks=0. */
  void answerNothing();

  /**
   * Says loudly that a fake broker cannot do this: it is logged, the test is told, and the
   * connection is closed. Never answer something plausible instead.
   */
  default void refuse(String what) {
    closeConnection("a fake broker cannot do this: " + what);
  }

  /** Closes the connection, as Kafka does when a request is beyond an error code. */
  void closeConnection(String why);
}
