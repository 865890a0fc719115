package io.ottla.testkit.fake;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.wire.Delivery;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that goes wrong with a request: a word of a closed vocabulary, to be attached to a
 * {@link FaultPoint}. Words can be put together: {@code delay(d).and(halfReply(17))}.
 *
 * <p><i>Applied</i> means that the broker did what was asked: records are in the log, a member is
 * in its group. All waiting is by the cluster's clock. A connection serves one request after
 * another, so one that waits holds up those behind it, as with Kafka. Immutable; may be used at
 * many points.
 */
public final class Fault {
  private static final int TRICKLE_BYTES = 1;

  /** What is done with a request before it is handled. */
  @FunctionalInterface
  private interface Step {
    /** Does it, and has {@code next} do the rest, now or later or never. */
    void run(Staged staged, Runnable next);
  }

  private final String text;
  private final Step step;

  private Fault(String text, Step step) {
    this.text = text;
    this.step = step;
  }

  void stage(Staged staged, Runnable handle) {
    step.run(staged, handle);
  }

  /**
   * This, then that.
   *
   * @param next what comes behind this
   * @return both
   */
  public Fault and(Fault next) {
    return new Fault(
        text + " and " + next.text,
        (staged, handle) -> step.run(staged, () -> next.step.run(staged, handle)));
  }

  /**
   * Nothing goes wrong. Useful in a sequence: the first request passes, the second does not.
   *
   * @return the fault that is none
   */
  public static Fault none() {
    return new Fault("none", (staged, next) -> next.run());
  }

  /**
   * The request is not applied; it is answered with an error in every place that has one.
   *
   * @param error the code
   * @return the fault
   */
  public static Fault error(ErrorCode error) {
    return new Fault(
        "error " + error,
        (staged, next) ->
            staged.answer(
                ErrorAnswers.of(staged.exchange().request(), error, staged.exchange().version())));
  }

  /**
   * The request is applied, but answered with an error in every place that has one, as if the
   * broker did not know how it ended.
   *
   * @param error the code
   * @return the fault
   */
  public static Fault errorAfter(ErrorCode error) {
    return new Fault(
        "applied, then error " + error,
        (staged, next) -> {
          staged.onAnswer(
              (answer, send) ->
                  send.accept(
                      ErrorAnswers.of(
                          staged.exchange().request(), error, staged.exchange().version())));
          next.run();
        });
  }

  /**
   * The request is not applied; a function answers it.
   *
   * @param request the type of the API's requests
   * @param answer makes the answer; runs on the cluster's thread and must not block
   * @param <Q> the request
   * @param <R> the response
   * @return the fault
   */
  public static <Q extends RequestMessage<R>, R extends ResponseMessage> Fault answer(
      Class<Q> request, Function<Q, R> answer) {
    return new Fault(
        "an answer of the test's",
        (staged, next) -> staged.answer(answer.apply(request.cast(staged.exchange().request()))));
  }

  /**
   * The request is applied, and its true answer changed on the way back.
   *
   * @param response the type of the API's responses
   * @param editor changes the answer; runs on the cluster's thread and must not block
   * @param <R> the response
   * @return the fault
   */
  public static <R extends ResponseMessage> Fault edit(Class<R> response, Consumer<R> editor) {
    return new Fault(
        "a changed answer",
        (staged, next) -> {
          staged.onAnswer(
              (answer, send) -> {
                editor.accept(response.cast(answer));
                send.accept(answer);
              });
          next.run();
        });
  }

  /**
   * The request waits, then goes on as usual.
   *
   * @param time how long, by the cluster's clock
   * @return the fault
   */
  public static Fault delay(Duration time) {
    return new Fault(
        "delay of " + time, (staged, next) -> staged.loop().schedule(time.toMillis(), next));
  }

  /**
   * The request is applied at once; its answer waits.
   *
   * @param time how long, by the cluster's clock
   * @return the fault
   */
  public static Fault delayReply(Duration time) {
    return new Fault(
        "reply after " + time,
        (staged, next) -> {
          staged.onAnswer(
              (answer, send) -> staged.loop().schedule(time.toMillis(), () -> send.accept(answer)));
          next.run();
        });
  }

  /**
   * The request waits before a gate, not applied, until the test opens it.
   *
   * @param gate where
   * @return the fault
   */
  public static Fault hold(Gate gate) {
    return new Fault("held", (staged, next) -> gate.arrive(() -> staged.loop().execute(next)));
  }

  /**
   * The request is applied at once; its answer waits before a gate until the test opens it.
   *
   * @param gate where
   * @return the fault
   */
  public static Fault holdReply(Gate gate) {
    return new Fault(
        "reply held",
        (staged, next) -> {
          staged.onAnswer(
              (answer, send) ->
                  gate.arrive(() -> staged.loop().execute(() -> send.accept(answer))));
          next.run();
        });
  }

  /**
   * The request is neither applied nor answered, and its connection stays open: a broker that
   * hangs.
   *
   * @return the fault
   */
  public static Fault ignore() {
    return new Fault("ignored", (staged, next) -> staged.exchange().connection().mute());
  }

  /**
   * The request is applied and not answered, and its connection stays open: the answer was lost.
   *
   * @return the fault
   */
  public static Fault loseReply() {
    return delivery("reply lost", new Delivery(0, Delivery.End.HANG, Integer.MAX_VALUE));
  }

  /**
   * The connection is closed; the request is not applied.
   *
   * @return the fault
   */
  public static Fault closeBefore() {
    return new Fault(
        "closed before it was applied",
        (staged, next) -> staged.exchange().closeConnection("a fault closed it"));
  }

  /**
   * The request is applied; then the connection is closed without an answer.
   *
   * @return the fault
   */
  public static Fault closeAfter() {
    return delivery("closed after it was applied", close(0));
  }

  /**
   * The connection is reset; the request is not applied.
   *
   * @return the fault
   */
  public static Fault resetBefore() {
    return new Fault(
        "reset before it was applied",
        (staged, next) -> staged.exchange().connection().reset("a fault reset it"));
  }

  /**
   * The request is applied; then the connection is reset without an answer.
   *
   * @return the fault
   */
  public static Fault resetAfter() {
    return delivery(
        "reset after it was applied", new Delivery(0, Delivery.End.RESET, Integer.MAX_VALUE));
  }

  /**
   * The request is applied; of its answer only the first bytes arrive, then the connection closes.
   *
   * @param bytes how many, counting the four bytes of the frame's length
   * @return the fault
   */
  public static Fault halfReply(int bytes) {
    return delivery("reply cut after " + bytes + " bytes", close(bytes));
  }

  /**
   * The request is applied; of its answer only the first bytes arrive, and nothing more ever, on a
   * connection that stays open.
   *
   * @param bytes how many, counting the four bytes of the frame's length
   * @return the fault
   */
  public static Fault stuckReply(int bytes) {
    return delivery(
        "reply stuck after " + bytes + " bytes",
        new Delivery(bytes, Delivery.End.HANG, Integer.MAX_VALUE));
  }

  /**
   * The request is applied; its answer is written byte by byte.
   *
   * @return the fault
   */
  public static Fault byteByByte() {
    return delivery(
        "reply byte by byte", new Delivery(Integer.MAX_VALUE, Delivery.End.GO_ON, TRICKLE_BYTES));
  }

  /**
   * The request is applied; its answer carries another number than the request.
   *
   * @param shift what is added to the number
   * @return the fault
   */
  public static Fault wrongCorrelation(int shift) {
    return new Fault(
        "wrong correlation id",
        (staged, next) -> {
          staged.shiftCorrelation(shift);
          next.run();
        });
  }

  /**
   * The request is applied, and answered twice.
   *
   * @return the fault
   */
  public static Fault doubleReply() {
    return new Fault(
        "reply doubled",
        (staged, next) -> {
          staged.copies(2);
          next.run();
        });
  }

  /**
   * The request is applied; bytes of the test's are sent in the place of its answer.
   *
   * @param bytes all of them, a frame's length included if there is to be one; copied
   * @return the fault
   */
  public static Fault bytes(byte[] bytes) {
    ByteBuffer copy = ByteBuffer.wrap(bytes.clone());
    return new Fault(
        bytes.length + " bytes of the test's",
        (staged, next) -> {
          staged.sendInstead(copy);
          next.run();
        });
  }

  /**
   * The request is applied; then something of the test's runs, before the answer is sent: a leader
   * moves, a topic goes.
   *
   * @param action runs on the cluster's thread; may use the cluster, and must not block
   * @return the fault
   */
  public static Fault then(Runnable action) {
    return new Fault(
        "something after it was applied",
        (staged, next) -> {
          staged.onAnswer(
              (answer, send) -> {
                action.run();
                send.accept(answer);
              });
          next.run();
        });
  }

  /**
   * Something of the test's runs before the request is applied.
   *
   * @param action runs on the cluster's thread; may use the cluster, and must not block
   * @return the fault
   */
  public static Fault first(Runnable action) {
    return new Fault(
        "something before it was applied",
        (staged, next) -> {
          action.run();
          next.run();
        });
  }

  private static Delivery close(int afterBytes) {
    return new Delivery(afterBytes, Delivery.End.CLOSE, Integer.MAX_VALUE);
  }

  private static Fault delivery(String text, Delivery delivery) {
    return new Fault(
        text,
        (staged, next) -> {
          staged.deliver(delivery);
          next.run();
        });
  }

  /** What goes wrong, in words. */
  @Override
  public String toString() {
    return text;
  }
}
