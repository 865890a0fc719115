package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.wire.Exchange;
import org.jspecify.annotations.Nullable;

/** A request of a test, and its answer. */
final class Asked<Q extends RequestMessage<R>, R extends ResponseMessage>
    implements Exchange<Q, R> {
  private final Q request;
  private final int version;
  private @Nullable R answer;

  Asked(Q request, int version) {
    this.request = request;
    this.version = version;
  }

  /** The answer, which there must be. */
  R answer() {
    if (answer == null) {
      throw new AssertionError("not answered: " + request);
    }
    return answer;
  }

  boolean isAnswered() {
    return answer != null;
  }

  @Override
  public Q request() {
    return request;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public String clientId() {
    return "client";
  }

  @Override
  public String clientHost() {
    return "/127.0.0.1";
  }

  @Override
  public int brokerId() {
    return 1;
  }

  @Override
  public long connectionId() {
    return 7;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void onClose(Runnable task) {}

  @Override
  public void answer(R response) {
    if (answer != null) {
      throw new AssertionError("answered twice: " + request);
    }
    answer = response;
  }

  @Override
  public void answerNothing() {
    throw new AssertionError("no answer to " + request);
  }

  @Override
  public void closeConnection(String why) {
    throw new AssertionError(why);
  }
}
