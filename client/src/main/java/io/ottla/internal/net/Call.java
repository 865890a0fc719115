package io.ottla.internal.net;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.runtime.Clock;
import io.ottla.protocol.message.ApiMessage;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a broker and back.
 *
 * <p>Thread: made on any thread, then handed to a link; from then on its state is touched on the
 * link's loop only. Always: its end is told exactly once, and so is that its bytes are free, which
 * can be later: a call whose time ran out half-written still lies in the socket's queue.
 *
 * <p>Units: nanoseconds of the injected clock.
 *
 * @param <R> the response's type
 */
public final class Call<R extends ResponseMessage> {
  private static final int HIGHEST_COMMON = -1;

  private final RequestMessage<R> request;
  private final int pinnedVersion;
  private final int highestVersion;
  private final ResponseReader<R> reader;
  private final Reply<R> reply;
  private final Runnable onBytesFree;
  private final boolean isOneWay;
  private final boolean isOwn;
  private final boolean staysBehind;
  private final long startNanos;
  private final long timeoutNanos;

  // Touched on the loop only.
  private CallState state = CallState.QUEUED;
  private @Nullable RequestFrame frame;
  private boolean areBytesFree;
  private long handedNanos; // valid once WRITING

  private Call(Builder<R> from) {
    request = from.request;
    pinnedVersion = from.pinnedVersion;
    highestVersion = from.highestVersion;
    reader = from.reader;
    reply = from.reply;
    onBytesFree = from.onBytesFree;
    isOwn = from.isOwn;
    staysBehind = from.staysBehind;
    isOneWay = request instanceof ProduceRequest produce && produce.acks() == 0;
    startNanos = from.clock.nanoTime();
    timeoutNanos = from.timeout.toNanos();
  }

  /** A call whose time begins to run when it is built. */
  public static <R extends ResponseMessage> Builder<R> of(
      RequestMessage<R> request, Duration timeout, Clock clock, Reply<R> reply) {
    return new Builder<>(request, timeout, clock, reply);
  }

  RequestMessage<R> request() {
    return request;
  }

  boolean hasPinnedVersion() {
    return pinnedVersion != HIGHEST_COMMON;
  }

  int pinnedVersion() {
    return pinnedVersion;
  }

  /** The highest version that can carry it. */
  int highestVersion() {
    return highestVersion;
  }

  /** Whether nobody answers it. */
  boolean isOneWay() {
    return isOneWay;
  }

  /** Whether its connection made it, for itself: it goes first, and to no other connection. */
  boolean isOwn() {
    return isOwn;
  }

  /** Whether it ends with the connection that was open when it was made. */
  boolean staysBehind() {
    return staysBehind;
  }

  /** Whether its response holds records, which stay where they lie in the frame. */
  boolean keepsItsFrame() {
    return switch (request.apiKey()) {
      case FETCH, SHARE_FETCH -> true;
      default -> false;
    };
  }

  long deadlineNanos() {
    return startNanos + timeoutNanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - deadlineNanos() >= 0;
  }

  CallState state() {
    return state;
  }

  RequestFrame frame() {
    if (frame == null) {
      throw new IllegalStateException(name() + " has not been encoded");
    }
    return frame;
  }

  void encodedAs(RequestFrame newFrame) {
    frame = newFrame;
  }

  /** When it was handed to the socket. */
  long handedNanos() {
    return handedNanos;
  }

  void onHanded(long nowNanos) {
    moveTo(CallState.WRITING);
    handedNanos = nowNanos;
  }

  /** All its bytes left. */
  void onWritten() {
    freeBytes();
    if (state == CallState.WRITING) {
      if (isOneWay) {
        moveTo(CallState.DONE);
        reply.onResponse(request.newResponse());
      } else {
        moveTo(CallState.SENT);
      }
    }
  }

  /** The socket gave it up; why, the connection tells. */
  void onWriteFailed() {
    freeBytes();
  }

  /**
   * Its answer came; if nobody waits any more it is dropped unread.
   *
   * @param throttle hears first what it says about pauses: whoever hears the answer may send again
   */
  void onFrame(ByteBuffer answer, Throttle throttle) {
    if (state.isTold()) {
      moveTo(CallState.DONE);
      return;
    }
    R response = reader.read(answer, request, frame().version());
    throttle.onResponse(response, frame().version());
    moveTo(CallState.DONE);
    reply.onResponse(response);
  }

  /**
   * Its time ran out.
   *
   * @param hint what it waited for, or what to do
   * @param last what went wrong meanwhile, if something did
   */
  void onTimeout(Endpoint endpoint, long nowNanos, String hint, @Nullable OttlaException last) {
    SendOutcome outcome = state.outcome();
    int attempts = state == CallState.QUEUED ? 0 : 1;
    String what =
        switch (state) {
          case QUEUED -> " not sent to " + endpoint + " within ";
          case WRITING -> " only partly taken by " + endpoint + " within ";
          default -> " not answered by " + endpoint + " within ";
        };
    TimeoutException failure =
        new TimeoutException(
            describe() + what + TimeText.of(nowNanos - startNanos) + "; " + hint,
            outcome,
            Duration.ofNanos(nowNanos - startNanos),
            attempts);
    if (last != null) {
      failure.addSuppressed(last);
    }
    boolean keepsItsPlace = state == CallState.SENT;
    end(keepsItsPlace ? CallState.ABANDONED : CallState.DONE, failure);
  }

  /** It ends without an answer. */
  void fail(OttlaException failure) {
    if (!state.isTold()) {
      end(CallState.DONE, failure);
    }
  }

  /**
   * It ends because its connection did, or because there was none.
   *
   * @param attempts how many attempts to get one failed while it waited
   */
  void fail(Loss loss, Endpoint endpoint, long nowNanos, int attempts) {
    fail(loss.failureOf(describe(), state.outcome(), endpoint, nowNanos - startNanos, attempts));
  }

  /** It came too late: its link is closed. */
  void refuse(Endpoint endpoint) {
    fail(
        new ClosedException(
            describe() + " to " + endpoint + " not sent: the client is closed",
            SendOutcome.NOT_SENT));
  }

  /** The request's name. */
  String name() {
    return nameOf(request);
  }

  static String nameOf(ApiMessage message) {
    return message.getClass().getSimpleName();
  }

  private String describe() {
    return frame == null ? name() : name() + " v" + frame.version();
  }

  private void end(CallState next, OttlaException failure) {
    boolean isInSocket = state == CallState.WRITING;
    moveTo(next);
    if (!isInSocket) {
      freeBytes();
    }
    reply.onFailure(failure);
  }

  private void freeBytes() {
    if (!areBytesFree) {
      areBytesFree = true;
      onBytesFree.run();
    }
  }

  private void moveTo(CallState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(describe() + ": " + state + " -> " + next);
    }
    state = next;
  }

  /**
   * Collects what a call may have beyond the usual.
   *
   * @param <R> the response's type
   */
  public static final class Builder<R extends ResponseMessage> {
    private final RequestMessage<R> request;
    private final Duration timeout;
    private final Clock clock;
    private final Reply<R> reply;
    private int pinnedVersion = HIGHEST_COMMON;
    private int highestVersion = Integer.MAX_VALUE;
    private ResponseReader<R> reader = ResponseReader::whole;
    private Runnable onBytesFree = () -> {};
    private boolean isOwn;
    private boolean staysBehind;

    private Builder(RequestMessage<R> request, Duration timeout, Clock clock, Reply<R> reply) {
      this.request = request;
      this.timeout = timeout;
      this.clock = clock;
      this.reply = reply;
    }

    /** Sends it in this version or not at all; else the highest that both sides know. */
    public Builder<R> version(int version) {
      pinnedVersion = version;
      return this;
    }

    /** Sends it in no higher version than this: later ones cannot say what is meant. */
    public Builder<R> highestVersion(int version) {
      highestVersion = version;
      return this;
    }

    /** Called once, on the loop, when nothing reads the request's bytes any more. */
    public Builder<R> onBytesFree(Runnable action) {
      onBytesFree = action;
      return this;
    }

    /**
     * Sends it over the connection that is open now or not at all: over the next one it would come
     * before those that were lost with this one.
     */
    public Builder<R> staysBehind() {
      staysBehind = true;
      return this;
    }

    Builder<R> reader(ResponseReader<R> newReader) {
      reader = newReader;
      return this;
    }

    /** Makes it a call of its connection's own. */
    Builder<R> own() {
      isOwn = true;
      return this;
    }

    /** Starts its time. */
    public Call<R> build() {
      return new Call<>(this);
    }
  }
}
