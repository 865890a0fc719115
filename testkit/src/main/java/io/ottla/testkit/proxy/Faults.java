package io.ottla.testkit.proxy;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The faults that can be staged, on one {@link ProxiedConnection connection}, on {@link FaultProxy
 * all connections of a proxy}, or on {@link FaultProxies all of a cluster}.
 *
 * <p>Two kinds. Those that strike, {@link #cut}, {@link #reset} and {@link #halfClose}, meet the
 * connections that are open now. Those that last, from {@link #pause} to {@link #afterBytes}, hold
 * for the connections that are open now and for those to come, until {@link #heal}; they can be
 * combined, and the latest of a kind replaces the one before.
 *
 * <p>Each is in effect when its method returns. Thread: any. After the proxy was closed: {@link
 * IllegalStateException}.
 */
public abstract sealed class Faults permits FaultProxies, FaultProxy, ProxiedConnection {
  private static final long MAX_BYTES_PER_SECOND = 1L << 32;

  Faults() {}

  /**
   * Ends connections in order: each side sees the end of the stream (FIN) behind what was passed on
   * before. What waits in the proxy, and what comes later, is dropped. The proxy's sockets close
   * when both sides have closed theirs.
   */
  public final void cut() {
    loop().call(() -> eachLink(Link::cut));
  }

  /** Breaks connections: each side sees a reset (RST). What waits in the proxy is dropped. */
  public final void reset() {
    loop().call(() -> eachLink(Link::reset));
  }

  /**
   * Ends one direction: its receiver sees the end of the stream, while the other direction goes on.
   * What its sender still sends is dropped.
   *
   * @param direction the one that ends; with {@link Direction#BOTH} both do
   */
  public final void halfClose(Direction direction) {
    loop().call(() -> eachLink(link -> link.halfClose(direction)));
  }

  /**
   * Stops reading and writing. Nothing is lost: the sender feels it when the buffers between are
   * full, and all goes on at {@link #resume}. Towards the client this is a broker that accepts and
   * never answers; both ways, a link that is down for a while.
   *
   * @param direction the way that bytes do not go
   */
  public final void pause(Direction direction) {
    shape(direction, shape -> shape.paused(true));
  }

  /**
   * Ends a {@link #pause}.
   *
   * @param direction the way that bytes go again
   */
  public final void resume(Direction direction) {
    shape(direction, shape -> shape.paused(false));
  }

  /**
   * Takes all that comes and passes on nothing, neither bytes nor the end of the stream: the sender
   * writes into the void. A connection that begins behind a black hole to the broker is accepted,
   * and the broker is not told. What was taken is lost, and no stream goes on with a hole in it: a
   * connection that lost something is reset by {@link #heal}.
   *
   * @param direction the way in which bytes get lost
   */
  public final void blackHole(Direction direction) {
    shape(direction, Shape::blackHole);
  }

  /**
   * Holds each byte back for a constant time. The order stays. What is under way when the delay is
   * changed keeps its time. At most the proxy's buffer is under way: the rate of a connection is
   * limited by that.
   *
   * @param direction the way that takes longer
   * @param delay 0 or more
   */
  public final void delay(Direction direction, Duration delay) {
    long nanos = notNegative(delay, "delay");
    shape(direction, shape -> shape.delay(nanos));
  }

  /**
   * Limits the rate of each connection. Bytes go in slices of 5 ms; a connection saves nothing up
   * while it has nothing to send.
   *
   * @param direction the way that gets slower
   * @param bytesPerSecond at least 1, at most 2³²
   */
  public final void throughput(Direction direction, long bytesPerSecond) {
    if (bytesPerSecond < 1 || bytesPerSecond > MAX_BYTES_PER_SECOND) {
      throw new IllegalArgumentException(
          "throughput(.., "
              + bytesPerSecond
              + "): must be 1 to "
              + MAX_BYTES_PER_SECOND
              + " bytes per second");
    }
    shape(direction, shape -> shape.throughput(bytesPerSecond));
  }

  /**
   * Sends small segments, one directly behind the other. A receiver that is slower than the proxy
   * reads several at once; {@link #fragment(Direction, int, Duration)} keeps them apart.
   *
   * @param direction the way that is cut up
   * @param bytes the most in one segment, at least 1
   */
  public final void fragment(Direction direction, int bytes) {
    fragment(direction, bytes, Duration.ZERO);
  }

  /**
   * Sends small segments with time between them, so that the receiver reads each by itself.
   *
   * @param direction the way that is cut up
   * @param bytes the most in one segment, at least 1
   * @param gap the time from one segment to the next
   */
  public final void fragment(Direction direction, int bytes, Duration gap) {
    if (bytes < 1) {
      throw new IllegalArgumentException("fragment(.., " + bytes + "): must be at least 1 byte");
    }
    long gapNanos = notNegative(gap, "fragment");
    shape(direction, shape -> shape.fragment(bytes, gapNanos));
  }

  /**
   * Does something to each connection when exactly so many more of its bytes were passed on, and
   * not one byte later: {@code proxy.afterBytes(TO_CLIENT, 17, ProxiedConnection::cut)}. Of a
   * connection to come, all bytes count.
   *
   * @param direction whose bytes count; with {@link Direction#BOTH} their sum
   * @param bytes with 0 it happens at once
   * @param fault runs on the proxy's thread, so it must not block
   */
  public final void afterBytes(
      Direction direction, long bytes, Consumer<? super ProxiedConnection> fault) {
    if (bytes < 0) {
      throw new IllegalArgumentException("afterBytes(.., " + bytes + "): must not be negative");
    }
    loop().call(() -> arm(new Tripwire(direction, bytes, fault)));
  }

  /**
   * Takes back all faults that last. Bytes that were held back are passed on at once; connections
   * that lost bytes in a black hole are reset; a proxy accepts again. Scripts go on.
   */
  public final void heal() {
    loop().call(this::mend);
  }

  private void shape(Direction direction, UnaryOperator<Shape> change) {
    loop().call(() -> reshape(direction, change));
  }

  private static long notNegative(Duration duration, String what) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + "(.., " + duration + "): must not be negative");
    }
    return duration.toNanos();
  }

  /** The thread that owns what the faults meet. */
  abstract ProxyLoop loop();

  /** Does something to each connection that is open. Thread: the loop. */
  abstract void eachLink(Consumer<Link> action);

  /** Changes what is done to bytes, now and for connections to come. Thread: the loop. */
  abstract void reshape(Direction direction, UnaryOperator<Shape> change);

  /** Lays a tripwire, now and for connections to come. Thread: the loop. */
  abstract void arm(Tripwire tripwire);

  /** Takes all of that back. Thread: the loop. */
  abstract void mend();
}
