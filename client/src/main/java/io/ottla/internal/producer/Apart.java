package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch apart that was refused as a whole: into halves, or at the records that made it be
 * refused. What its senders want to hear goes with their records.
 *
 * <p>Every record is copied, and compressed anew, on the loop: a refusal of this kind is rare.
 */
final class Apart {
  private static final long MAX_IDLE_BYTES = 4 << 20;
  private static final int ROOM_FOR_HEADER = 128;
  private static final BufferPool POOL = BufferPool.direct(MAX_IDLE_BYTES);

  /**
   * Some of the records, in order.
   *
   * @param failure why they go no further; null if they do
   */
  record Part(ProducerBatch batch, @Nullable OttlaException failure) {}

  /** Says of each record, by its index, what part it is in; parts are counted up. */
  private interface Cut {
    int partOf(int index, RecordCursor record);
  }

  private final ProducerBatch whole;
  private final Lane lane;
  private final Grounds grounds;

  Apart(Shipment shipment, Grounds grounds) {
    this.whole = shipment.batch();
    this.lane = shipment.lane();
    this.grounds = grounds;
  }

  /** Two halves. */
  List<Part> halves() {
    int half = whole.count() / 2;
    List<Part> parts = new ArrayList<>();
    for (ProducerBatch batch : cut((index, record) -> index < half ? 0 : 1)) {
      parts.add(new Part(batch, null));
    }
    return parts;
  }

  /**
   * The runs of good and bad records, in order.
   *
   * @param bad by index, what is wrong with each of them
   */
  List<Part> without(Map<Integer, OttlaException> bad) {
    List<@Nullable OttlaException> failures = new ArrayList<>();
    int[] last = {-1};
    List<ProducerBatch> batches =
        cut(
            (index, record) -> {
              OttlaException failure = bad.get(index);
              boolean isNext =
                  failures.isEmpty() || failure != null || failures.get(last[0]) != null;
              if (isNext) {
                failures.add(failure);
                last[0]++;
              }
              return last[0];
            });
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      parts.add(new Part(batches.get(i), failures.get(i)));
    }
    return parts;
  }

  /** As {@link #without}, where the records with headers are the bad ones. */
  List<Part> withoutHeaders(String where) {
    Map<Integer, OttlaException> bad = new HashMap<>();
    OttlaException failure =
        new UnsupportedVersionException(
            "record for "
                + lane
                + " not sent: it has headers, and "
                + where
                + " is older than Kafka 0.11");
    try (RecordCursor record = records()) {
      for (int i = 0; record.next(); i++) {
        if (record.headerCount() > 0) {
          bad.put(i, failure);
        }
      }
    }
    return bad.isEmpty() ? List.of() : without(bad);
  }

  private RecordCursor records() {
    return RecordBatches.of(whole.sealed().number()).iterator().next().cursor();
  }

  private List<ProducerBatch> cut(Cut cut) {
    List<ProducerBatch> parts = new ArrayList<>();
    int open = -1;
    try (RecordCursor record = records()) {
      for (int i = 0; record.next(); i++) {
        int part = cut.partOf(i, record);
        if (part != open) {
          open = part;
          parts.add(begin());
        }
        append(parts.get(part), record, whole.ticket(i));
      }
    }
    parts.forEach(this::seal);
    return parts;
  }

  private ProducerBatch begin() {
    // Nothing bounds it but the whole: its records fitted into that.
    BatchWriter writer =
        new BatchWriter(POOL, whole.sealed().sizeInBytes() + ROOM_FOR_HEADER, Integer.MAX_VALUE);
    ProducerBatch part = new ProducerBatch(writer, whole.openedNanos(), grounds.memory(), 0);
    if (!whole.isMovable()) {
      part.markKeyed();
    }
    part.isPartOf(whole);
    return part;
  }

  private static void append(ProducerBatch to, RecordCursor record, @Nullable Object ticket) {
    BatchWriter.Append appended =
        to.writer()
            .append(record.timestamp(), record.keyView(), record.valueView(), record.headers());
    if (appended != BatchWriter.Append.APPENDED) {
      throw new IllegalStateException("a part of a batch does not take its records: " + appended);
    }
    if (ticket != null) {
      to.keep(ticket);
    }
  }

  /** It takes what it needs of the memory, also beyond the limit: its whole goes in a moment. */
  private void seal(ProducerBatch part) {
    part.detach();
    part.onSealed(part.writer().seal(lane.settings().compression()));
    part.charge(part.sealed().heldBytes());
    grounds.memory().give(-part.chargedBytes());
  }
}
