package io.ottla.testkit.fake;

import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.wire.Delivery;
import io.ottla.testkit.internal.wire.RequestExchange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request at which a fault was staged, on its way through the fault's steps, then through the
 * handler, then through what the steps asked for on the way back.
 *
 * <p>Thread: the cluster's loop.
 */
final class Staged {
  /** Stands in the way of an answer. */
  @FunctionalInterface
  interface AnswerStep {
    /** Passes the answer on, now or later or never. */
    void run(ResponseMessage answer, Consumer<ResponseMessage> next);
  }

  private final RequestExchange<?, ?> exchange;
  private final Loop loop;
  private final List<AnswerStep> answerSteps = new ArrayList<>();
  private Delivery delivery = Delivery.WHOLE;
  private int correlationShift;
  private int copies = 1;
  private @Nullable ByteBuffer bytesInstead;

  Staged(RequestExchange<?, ?> exchange, Loop loop) {
    this.exchange = exchange;
    this.loop = loop;
    exchange.onAnswer(this::answer);
    exchange.onNothing(() -> exchange.connection().endReply(delivery.end()));
  }

  RequestExchange<?, ?> exchange() {
    return exchange;
  }

  Loop loop() {
    return loop;
  }

  /** Adds a step on the way back; the first that was added comes first. */
  void onAnswer(AnswerStep step) {
    answerSteps.add(step);
  }

  void deliver(Delivery how) {
    delivery = how;
  }

  void shiftCorrelation(int by) {
    correlationShift = by;
  }

  void copies(int count) {
    copies = count;
  }

  void sendInstead(ByteBuffer bytes) {
    bytesInstead = bytes;
  }

  /** Sends an answer through the steps on the way back. */
  void answer(ResponseMessage answer) {
    runStep(0, answer);
  }

  private void runStep(int number, ResponseMessage answer) {
    if (number < answerSteps.size()) {
      answerSteps.get(number).run(answer, changed -> runStep(number + 1, changed));
    } else {
      send(answer);
    }
  }

  private void send(ResponseMessage answer) {
    if (bytesInstead != null) {
      exchange.sendBytes(bytesInstead.duplicate(), delivery);
      return;
    }
    int correlationId = exchange.correlationId() + correlationShift;
    for (int i = 1; i < copies; i++) {
      exchange.sendAs(correlationId, answer, Delivery.UNASKED);
    }
    exchange.sendAs(correlationId, answer, delivery);
  }
}
