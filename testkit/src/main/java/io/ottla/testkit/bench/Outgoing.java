package io.ottla.testkit.bench;

import io.ottla.testkit.bench.FetchAnswers.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer that a connection is sending: bytes of its own, and batches by reference.
 *
 * <p>Owns a direct buffer for the former, which grows and is used again. Thread: the broker's.
 * Always: one answer at a time. Units: bytes.
 */
final class Outgoing {
  private static final ByteBuffer[] NOTHING = {};

  private final PreparedBatch batch;
  private ByteBuffer own = ByteBuffer.allocateDirect(1 << 10);
  private ByteBuffer[] parts = NOTHING;
  private int next;

  Outgoing(PreparedBatch batch) {
    this.batch = batch;
  }

  boolean isEmpty() {
    return next == parts.length;
  }

  /**
   * Takes an answer to send.
   *
   * @param segments in order; those that are direct stand for records
   * @param runs what they stand for
   */
  void take(List<ByteBuffer> segments, List<Run> runs) {
    own = roomFor(segments, runs).clear();
    List<ByteBuffer> gathered = new ArrayList<>();
    int run = 0;
    for (ByteBuffer segment : segments) {
      if (segment.isDirect()) {
        gather(runs.get(run), gathered);
        run++;
      } else {
        int start = own.position();
        own.put(segment);
        gathered.add(own.slice(start, own.position() - start));
      }
    }
    parts = gathered.toArray(ByteBuffer[]::new);
    next = 0;
  }

  private void gather(Run run, List<ByteBuffer> gathered) {
    for (int i = 0; i < run.batches(); i++) {
      int start = own.position();
      own.putLong(run.baseOffset() + (long) i * batch.records());
      gathered.add(own.slice(start, PreparedBatch.BASE_OFFSET_BYTES));
      gathered.add(batch.behindBaseOffset());
    }
  }

  private ByteBuffer roomFor(List<ByteBuffer> segments, List<Run> runs) {
    int needed = 0;
    for (ByteBuffer segment : segments) {
      needed += segment.isDirect() ? 0 : segment.remaining();
    }
    for (Run run : runs) {
      needed += run.batches() * PreparedBatch.BASE_OFFSET_BYTES;
    }
    return needed > own.capacity() ? ByteBuffer.allocateDirect(2 * needed) : own;
  }

  /** Writes what the socket takes; returns how much that was. */
  long writeTo(GatheringByteChannel channel) throws IOException {
    long total = 0;
    while (next < parts.length) {
      long written = channel.write(parts, next, parts.length - next);
      if (written == 0) {
        break;
      }
      total += written;
      while (next < parts.length && !parts[next].hasRemaining()) {
        next++;
      }
    }
    if (next == parts.length) {
      parts = NOTHING;
      next = 0;
    }
    return total;
  }
}
