package io.ottla.internal.producer;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Loop;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands the staged records of a topic out to its partitions, and then shows these.
 *
 * <p>Thread: one sealer's; partitioners of users run here. Always: the order of records is kept;
 * the records are in the memory already, so room for their new batches is taken unasked, and the
 * staged batch's is given back as soon as its records are placed.
 */
final class Placing {
  /** Reports records that cannot be placed. Never waits, or throws. */
  interface Refuser {
    void refuse(
        String topic,
        int partition,
        long timestampMs,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        @Nullable Object ticket,
        OttlaException why);
  }

  private static final byte[] NOTHING = {};

  private final TopicQueue topic;
  private final PartitionQueue[] all;
  private final StickySlots slots;
  private final Refuser refuser;
  private final BatchEnds ends;
  private final Loop loop;
  private byte[] scratch = NOTHING;

  Placing(TopicQueue topic, int partitions, Refuser refuser, BatchEnds ends, Loop loop) {
    this.topic = topic;
    this.refuser = refuser;
    this.ends = ends;
    this.loop = loop;
    all = topic.grown(partitions);
    slots = new StickySlots(all.length, Runtime.getRuntime().availableProcessors());
  }

  /** Places all that is staged, also what comes meanwhile, and shows the partitions. */
  void run() {
    while (!topic.show(all, slots)) {
      ProducerBatch batch = topic.staged().takeOldest();
      if (batch == null) {
        LockSupport.parkNanos(1_000); // a sender is sealing it, which takes microseconds
      } else {
        place(batch);
        loop.execute(() -> ends.replaced(batch));
      }
    }
  }

  private void place(ProducerBatch batch) {
    int index = 0;
    try (RecordCursor cursor =
        RecordBatches.of(batch.sealed().number()).iterator().next().cursor()) {
      while (cursor.next()) {
        place(cursor, batch.ticket(index++));
      }
    }
  }

  private void place(RecordCursor record, @Nullable Object staged) {
    int keyLength = record.keyLength();
    int valueLength = record.valueLength();
    int keyBytes = Math.max(keyLength, 0);
    int needed = keyBytes + Math.max(valueLength, 0);
    if (scratch.length < needed) {
      scratch = new byte[Math.max(needed, 2 * scratch.length)];
    }
    if (keyLength > 0) {
      record.copyKey(scratch, 0);
    }
    if (valueLength > 0) {
      record.copyValue(scratch, keyBytes);
    }
    int partition = StagedTicket.partitionOf(staged);
    try {
      if (partition >= all.length) {
        throw MissingPartition.of(topic.name(), partition, all.length);
      }
      Appended appended =
          topic.append(
              Opening.FORCED,
              all,
              slots,
              partition,
              record.timestamp(),
              keyLength < 0 ? null : scratch,
              0,
              keyBytes,
              valueLength < 0 ? null : scratch,
              keyBytes,
              Math.max(valueLength, 0),
              record.headers(),
              StagedTicket.ticketOf(staged));
      if (!appended.isTaken()) {
        throw new ClosedException(
            "record for " + topic.name() + " not sent: the producer was closed",
            SendOutcome.NOT_SENT);
      }
    } catch (RuntimeException | OutOfMemoryError thrown) {
      refuser.refuse(
          topic.name(),
          partition < 0 ? ProducerRecord.ANY_PARTITION : partition,
          record.timestamp(),
          keyLength < 0 ? null : Arrays.copyOf(scratch, keyBytes),
          valueLength < 0 ? null : Arrays.copyOfRange(scratch, keyBytes, needed),
          record.headers(),
          StagedTicket.ticketOf(staged),
          Acceptance.typed(topic.name(), thrown));
    }
  }
}
