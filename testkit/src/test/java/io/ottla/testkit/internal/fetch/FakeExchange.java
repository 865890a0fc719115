package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.testkit.internal.wire.Exchange;
import org.jspecify.annotations.Nullable;

/** A request that came over no connection. */
final class FakeExchange implements Exchange<FetchRequest, FetchResponse> {
  private final FetchRequest request;
  private final int version;
  private final int brokerId;
  private @Nullable FetchResponse response;
  private @Nullable Runnable onClose;
  private @Nullable String refusal;
  private boolean isOpen = true;

  FakeExchange(FetchRequest request, int version, int brokerId) {
    this.request = request;
    this.version = version;
    this.brokerId = brokerId;
  }

  boolean isAnswered() {
    return response != null;
  }

  FetchResponse response() {
    FetchResponse given = response;
    if (given == null) {
      throw new AssertionError("not answered yet");
    }
    return given;
  }

  @Nullable String refusal() {
    return refusal;
  }

  /** The asker goes away. */
  void close() {
    isOpen = false;
    if (onClose != null) {
      onClose.run();
    }
  }

  @Override
  public FetchRequest request() {
    return request;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public String clientId() {
    return "test";
  }

  @Override
  public String clientHost() {
    return "/127.0.0.1";
  }

  @Override
  public int brokerId() {
    return brokerId;
  }

  @Override
  public long connectionId() {
    return 1;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void onClose(Runnable task) {
    onClose = task;
  }

  @Override
  public void answer(FetchResponse answer) {
    if (response != null) {
      throw new AssertionError("answered twice");
    }
    response = answer;
  }

  @Override
  public void answerNothing() {
    throw new AssertionError("a fetch has an answer");
  }

  @Override
  public void closeConnection(String why) {
    refusal = why;
    isOpen = false;
  }
}
