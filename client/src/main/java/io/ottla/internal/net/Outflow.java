package io.ottla.internal.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Hands the calls of one connection to its socket, in their order, while the socket takes them and
 * nothing holds them back: neither a pause that the broker asked for nor a re-authentication.
 *
 * <p>Thread: the connection's loop. Always: bytes go out once per turn of the loop.
 */
@LoopConfined
final class Outflow {
  /** Whoever owns the connection. */
  interface Listener {
    /** A call's bytes left. */
    void onWritten();

    /** The socket did not take what was written; a call was told that its bytes are free. */
    void onWriteFailed(Throwable cause);
  }

  private final ChannelHandlerContext to;
  private final Pipeline pipeline;
  private final Throttle throttle;
  private final Clock clock;
  private final Listener listener;
  private boolean isHeld;
  private boolean isFlushDue;
  private long lastUseNanos;

  Outflow(ChannelHandlerContext to, Pipeline pipeline, Clock clock, Listener listener) {
    this.to = to;
    this.pipeline = pipeline;
    this.clock = clock;
    this.listener = listener;
    throttle = new Throttle(clock);
    lastUseNanos = clock.nanoTime();
  }

  Throttle throttle() {
    return throttle;
  }

  /** From now on only the connection's own calls go. */
  void hold() {
    isHeld = true;
  }

  /** All calls go again. */
  void release() {
    isHeld = false;
    write();
  }

  /** When somebody last sent, or was answered; the connection's own calls do not count. */
  long lastUseNanos() {
    return lastUseNanos;
  }

  void onUse() {
    lastUseNanos = clock.nanoTime();
  }

  /** Hands over what the socket takes; the bytes go out once, at the turn's end. */
  void write() {
    while (to.channel().isActive() && to.channel().isWritable()) {
      Call<?> call = pipeline.handNext(isHeld || throttle.isOn());
      if (call == null) {
        return;
      }
      if (!call.isOwn()) {
        onUse();
      }
      SegmentWriter.write(to, call.frame().segments())
          .addListener(written -> onWriteEnded(call, (ChannelFuture) written));
      flushAtEndOfTurn();
    }
  }

  /** Writes bytes that are no request. */
  void writeBare(List<ByteBuffer> segments) {
    SegmentWriter.write(to, segments)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                listener.onWriteFailed(written.cause());
              }
            });
    flushAtEndOfTurn();
  }

  private void flushAtEndOfTurn() {
    if (!isFlushDue) {
      isFlushDue = true;
      to.executor()
          .execute(
              () -> {
                isFlushDue = false;
                to.flush();
              });
    }
  }

  /** What calls wait for that are not handed over. */
  String hint() {
    if (isHeld) {
      return "the connection authenticates anew";
    }
    return throttle.isOn()
        ? "the broker asked for a pause (throttle_time_ms) of which "
            + TimeText.of(throttle.endNanos() - clock.nanoTime())
            + " are left: a quota is exceeded"
        : "the broker does not take what came before it";
  }

  private void onWriteEnded(Call<?> call, ChannelFuture written) {
    if (written.isSuccess()) {
      pipeline.onWritten(call);
      listener.onWritten();
    } else {
      call.onWriteFailed();
      listener.onWriteFailed(written.cause());
    }
  }
}
