package io.ottla.testkit.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.List;

/** A reply on its way onto the wire. Thread: the cluster's loop. Units: bytes. */
final class Outgoing {
  private final ByteBuffer[] segments;
  private final Delivery delivery;
  private int allowed;

  Outgoing(List<ByteBuffer> segments, Delivery delivery) {
    this.segments = segments.stream().map(ByteBuffer::slice).toArray(ByteBuffer[]::new);
    this.delivery = delivery;
    this.allowed = delivery.limit();
  }

  Delivery.End end() {
    return delivery.end();
  }

  boolean isDone() {
    return allowed == 0 || left() == 0;
  }

  /**
   * Writes what the delivery and the socket allow.
   *
   * @return whether the socket took all that was allowed in this turn
   */
  boolean write(GatheringByteChannel channel) throws IOException {
    long limit = Math.min(Math.min(allowed, delivery.bytesPerTurn()), left());
    long written =
        limit == left() ? channel.write(segments) : writeSome(channel, Math.toIntExact(limit));
    if (allowed != Integer.MAX_VALUE) {
      allowed -= Math.toIntExact(written);
    }
    return written == limit;
  }

  private int writeSome(GatheringByteChannel channel, int limit) throws IOException {
    int written = 0;
    for (ByteBuffer segment : segments) {
      int part = Math.min(segment.remaining(), limit - written);
      if (part > 0) {
        int taken = channel.write(segment.slice(segment.position(), part));
        segment.position(segment.position() + taken);
        written += taken;
        if (taken < part) {
          return written;
        }
      }
    }
    return written;
  }

  private long left() {
    long left = 0;
    for (ByteBuffer segment : segments) {
      left += segment.remaining();
    }
    return left;
  }
}
