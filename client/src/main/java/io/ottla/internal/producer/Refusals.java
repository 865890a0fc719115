package io.ottla.internal.producer;

import io.ottla.error.BufferFullException;
import io.ottla.error.OttlaException;
import io.ottla.producer.Overflow;
import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that failed before they were in a batch, until they have their reports.
 *
 * <p>Thread: any. Always: they take a bounded amount of memory, apart from that of batches, so that
 * who fails faster than listeners hear of it is slowed down; also once the producer is closed.
 */
final class Refusals {
  private static final long MAX_BYTES = 16 << 20;
  private static final int OVERHEAD_BYTES = 256;

  private final Memory memory = new Memory(MAX_BYTES);
  private final Reports reports;
  private final ProducerMeter meter;

  Refusals(Reports reports, ProducerMeter meter) {
    this.reports = reports;
    this.meter = meter;
  }

  /**
   * Reports a failure.
   *
   * @throws BufferFullException if there is no room for one more, and the overflow is not to wait,
   *     or the thread is interrupted
   */
  void add(Overflow overflow, Reports.Refusal refusal) {
    long bytes = bytesOf(refusal);
    if (!memory.tryTake(bytes)) {
      makeRoom(overflow, bytes, refusal);
    }
    meter.onRefused(refusal.topic(), 1);
    reports.refused(refusal);
  }

  /** Reports the failure of a record that was in the memory of batches. Never waits, or throws. */
  void addTaken(Reports.Refusal refusal) {
    memory.give(-bytesOf(refusal));
    meter.onRefused(refusal.topic(), 1);
    reports.refused(refusal);
  }

  private void makeRoom(Overflow overflow, long bytes, Reports.Refusal refusal) {
    boolean isTaken = false;
    if (reports.isReporting()) {
      memory.give(-bytes); // the thread that makes room must not wait for it
      isTaken = true;
    } else if (overflow.kind() == Overflow.Kind.BLOCK) {
      try {
        isTaken = memory.take(bytes, overflow.longestWait().toNanos());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!isTaken) {
      throw fullOf(refusal.failure());
    }
  }

  private static BufferFullException fullOf(OttlaException failure) {
    BufferFullException full =
        new BufferFullException(
            "record not sent, and not reported: "
                + (MAX_BYTES >> 20)
                + " MB of records that failed before it wait for their reports; a listener is too"
                + " slow, or nothing succeeds any more");
    full.addSuppressed(failure);
    return full;
  }

  /** One has its report. */
  void onReported(Reports.Refusal refusal) {
    memory.give(bytesOf(refusal));
  }

  private static long bytesOf(Reports.Refusal refusal) {
    byte[] key = refusal.key();
    byte[] value = refusal.value();
    long bytes = OVERHEAD_BYTES;
    bytes += key == null ? 0 : key.length;
    bytes += value == null ? 0 : value.length;
    List<Header> headers = refusal.headers();
    for (int i = 0; i < headers.size(); i++) {
      byte @Nullable [] header = headers.get(i).value();
      bytes += OVERHEAD_BYTES;
      bytes += header == null ? 0 : header.length;
    }
    return bytes;
  }
}
