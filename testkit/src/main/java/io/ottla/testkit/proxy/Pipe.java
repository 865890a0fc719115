package io.ottla.testkit.proxy;

import io.ottla.testkit.proxy.ProxyLoop.LoopTimer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: what comes from one socket, on its way to the other.
 *
 * <p>Owns the bytes between, and when they may go on. Thread: the proxy's loop. Always: bytes leave
 * in the order in which they came, none twice; when the buffer is full nothing is read, so that the
 * sender feels the receiver.
 */
final class Pipe {
  /** So that a connection of small segments does not keep the others waiting. */
  private static final int MAX_WRITES_IN_A_TURN = 16;

  private final Link link;
  private final Direction direction;
  private final ProxyLoop loop;
  private final Ring ring;
  private final FlowCount flow;
  private final Transit transit = new Transit();
  private final Throttle throttle = new Throttle();

  private Shape shape;
  private long nextWriteNanos;
  private @Nullable LoopTimer timer;

  /** Whether the receiver's socket had no room, or the turn's writes are used up. */
  private boolean waitsForSocket;

  /** Whether the sender has sent the end of the stream. */
  private boolean sourceEnded;

  /**
   * Whether the receiver was sent the end of the stream, or is gone: what still comes is dropped.
   */
  private boolean finished;

  Pipe(Link link, Direction direction, ProxyLoop loop, int capacity, FlowCount flow, Shape shape) {
    this.link = link;
    this.direction = direction;
    this.loop = loop;
    this.ring = new Ring(capacity);
    this.flow = flow;
    this.shape = shape;
    this.nextWriteNanos = loop.nowNanos();
    throttle.rate(shape.bytesPerSecond(), loop.nowNanos());
  }

  FlowCount flow() {
    return flow;
  }

  Shape shape() {
    return shape;
  }

  boolean hasSourceEnded() {
    return sourceEnded;
  }

  boolean isFinished() {
    return finished;
  }

  boolean wantsRead() {
    return !sourceEnded && (drops() || (!shape.isPaused() && !ring.isFull()));
  }

  boolean wantsWrite() {
    return waitsForSocket && !shape.isPaused();
  }

  private boolean drops() {
    return finished || shape.isBlackHole();
  }

  /** Does other things to the bytes from now on. */
  void reshape(Shape next) {
    long now = loop.nowNanos();
    if (shape.isPaused() || next.isPaused()) {
      throttle.restart(now);
    }
    throttle.rate(next.bytesPerSecond(), now);
    shape = next;
    if (next.isBlackHole()) {
      drop();
    }
    if (next.fragmentGapNanos() == 0) {
      nextWriteNanos = now;
    }
  }

  /** Lets go what was held back. */
  void straighten() {
    reshape(Shape.STRAIGHT);
    transit.release();
  }

  /**
   * Takes what came.
   *
   * @return whether the end of the stream came
   */
  boolean onReadable(SocketChannel from) throws IOException {
    int read = drops() ? from.read(loop.scratch()) : ring.fill(from);
    if (read > 0) {
      flow.onReceived(read);
      if (drops()) {
        flow.onDiscarded(read);
        link.onLost(shape.isBlackHole());
      } else {
        transit.onArrival(arrived(), loop.nowNanos(), shape.delayNanos());
      }
    } else if (read < 0) {
      sourceEnded = true;
      if (shape.isBlackHole()) {
        link.onLost(true);
      } else if (!finished) {
        // The end takes as long as a byte would.
        transit.onArrival(arrived() + 1, loop.nowNanos(), shape.delayNanos());
      }
    }
    return read < 0;
  }

  /** The position behind the last byte that came and was not dropped. */
  private long arrived() {
    return flow.passed() + ring.size();
  }

  /** Passes on what may go on now. */
  void push(Side to) throws IOException {
    waitsForSocket = false;
    for (int writes = 0; canWrite(to); writes++) {
      int allowed = allowed();
      if (allowed == 0) {
        break;
      }
      if (writes == MAX_WRITES_IN_A_TURN) {
        waitsForSocket = true;
        break;
      }
      int written = ring.drain(to.channel(), allowed);
      onWritten(written);
      if (written < allowed) {
        waitsForSocket = true;
        throttle.restart(loop.nowNanos());
        break;
      }
    }
    if (canWrite(to) && sourceEnded && ring.isEmpty() && isEndDue()) {
      finished = true;
      to.endOutput();
    }
    rearm();
  }

  private boolean canWrite(Side to) {
    return !drops() && !shape.isPaused() && link.isOpen() && to.isOpen();
  }

  /** Counts, which may burn a fuse, which may end this connection. */
  private void onWritten(int bytes) {
    if (bytes == 0) {
      return;
    }
    nextWriteNanos = loop.nowNanos() + shape.fragmentGapNanos();
    throttle.onSent(bytes);
    flow.onPassed(bytes);
    link.onPassed(direction, bytes);
  }

  private boolean isEndDue() {
    return transit.free(loop.nowNanos()) > flow.passed();
  }

  private int allowed() {
    long now = loop.nowNanos();
    if (shape.fragmentBytes() > 0 && now < nextWriteNanos) {
      return 0;
    }
    long allowed = Math.min(ring.size(), transit.free(now) - flow.passed());
    throttle.onReady(allowed > 0, now);
    allowed = Math.min(allowed, throttle.allowed(now));
    allowed = Math.min(allowed, link.fuseLeft(direction));
    if (shape.fragmentBytes() > 0) {
      allowed = Math.min(allowed, shape.fragmentBytes());
    }
    return (int) Math.max(0, allowed);
  }

  /** Wakes up when the next byte may go on, if it is time that it waits for. */
  private void rearm() {
    LoopTimer armed = timer;
    if (armed != null) {
      loop.cancel(armed);
      timer = null;
    }
    boolean waits = !ring.isEmpty() || (sourceEnded && !finished);
    if (waits && !waitsForSocket && !drops() && !shape.isPaused() && link.isOpen()) {
      long due = dueNanos();
      if (due > loop.nowNanos()) {
        timer = loop.schedule(due, this::onTimer);
      }
    }
  }

  private void onTimer() {
    timer = null;
    link.push(this);
  }

  private long dueNanos() {
    long now = loop.nowNanos();
    long due = now;
    if (transit.free(now) <= flow.passed() && !transit.isEmpty()) {
      due = transit.nextDueNanos();
    }
    if (!ring.isEmpty()) {
      if (shape.fragmentBytes() > 0) {
        due = Math.max(due, nextWriteNanos);
      }
      if (shape.bytesPerSecond() > 0) {
        due = Math.max(due, throttle.nextDueNanos(ring.size()));
      }
    }
    return due;
  }

  /** Ends this direction: nothing more is passed on. */
  void finish() {
    drop();
    finished = true;
  }

  private void drop() {
    int dropped = ring.clear();
    if (dropped > 0) {
      flow.onDiscarded(dropped);
      link.onLost(shape.isBlackHole());
    }
    transit.release();
  }

  /** Takes back its timer. */
  void close() {
    finish();
    LoopTimer armed = timer;
    if (armed != null) {
      loop.cancel(armed);
      timer = null;
    }
  }
}
