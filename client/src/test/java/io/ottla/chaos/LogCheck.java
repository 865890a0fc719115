package io.ottla.chaos;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Holds a topic's log against the ledger of what was sent to it: each record of the log is shown to
 * it, partition by partition in order of offsets, then it is finished.
 *
 * <p>Records without key and partition may overtake one another: the client may take one that is
 * surely not written out of a partition that fails, and send it to another. These are counted.
 *
 * <p>Not thread-safe.
 */
public final class LogCheck {
  private final Ledger ledger;
  private final int partitions;
  private final Findings findings;
  private final List<BitSet> seen;

  /** By partition and sender: the latest number of an ordered record. */
  private final Map<List<Integer>, Integer> latestOrdered = new HashMap<>();

  private final Map<List<Integer>, Integer> latestKeyless = new HashMap<>();
  private long records;
  private long unknownWritten;
  private long overtaken;

  /** Nothing shown yet. */
  public LogCheck(Ledger ledger, int partitions) {
    this.ledger = ledger;
    this.partitions = partitions;
    this.findings = ledger.findings();
    this.seen = IntStream.range(0, ledger.senders()).mapToObj(any -> new BitSet()).toList();
  }

  /** One record of the log. */
  public void record(int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
    records++;
    String place = partition + "@" + offset;
    Payload record = value == null ? null : Payload.of(ByteBuffer.wrap(value));
    if (record == null || !isOurs(record) || !Arrays.equals(key, record.key())) {
      findings.add(Finding.FOREIGN, place + ": " + record + ", " + Arrays.toString(value));
      return;
    }
    if (seen.get(record.sender()).get(record.number())) {
      findings.add(Finding.DOUBLED, record + ", again at " + place);
      return;
    }
    seen.get(record.sender()).set(record.number());
    checkPlace(record, partition, place);
    checkWord(record, partition, offset, place);
    checkOrder(record, partition, place);
  }

  private boolean isOurs(Payload record) {
    return record.ledger() == ledger.id()
        && record.sender() >= 0
        && record.sender() < ledger.senders()
        && record.number() >= 0
        && record.number() < ledger.sent(record.sender());
  }

  private void checkPlace(Payload record, int partition, String place) {
    byte[] key = record.key();
    int wanted = key == null ? record.way() : BuiltInPartitioner.partitionForKey(key, partitions);
    if (record.isOrdered() && wanted != partition) {
      findings.add(Finding.WRONG_PARTITION, record + " at " + place + ", not in " + wanted);
    }
  }

  private void checkWord(Payload record, int partition, long offset, String place) {
    Ledger.Entry said = ledger.entry(record.sender(), record.number());
    switch (said.fate()) {
      case ACKED -> {
        boolean isThere =
            said.partition() == partition && (said.offset() < 0 || said.offset() == offset);
        if (!isThere) {
          findings.add(Finding.ELSEWHERE, record + " at " + place + ", was told as " + said);
        }
      }
      case UNKNOWN -> unknownWritten++;
      case FAILED, NOT_TAKEN ->
          findings.add(Finding.WRITTEN_THOUGH_FAILED, record + " at " + place + ": " + said);
      case WAITING -> {
        // Ledger.settle tells.
      }
    }
  }

  private void checkOrder(Payload record, int partition, String place) {
    Map<List<Integer>, Integer> latest = record.isOrdered() ? latestOrdered : latestKeyless;
    Integer before = latest.put(List.of(partition, record.sender()), record.number());
    if (before == null || before < record.number()) {
      return;
    }
    if (record.isOrdered()) {
      findings.add(Finding.OUT_OF_ORDER, record + " at " + place + " behind number " + before);
    } else {
      overtaken++;
    }
  }

  /** The whole log was shown: what is missing is lost. */
  public void finish() {
    for (int sender = 0; sender < ledger.senders(); sender++) {
      for (int number = 0; number < ledger.sent(sender); number++) {
        Ledger.Entry said = ledger.entry(sender, number);
        if (said.fate() == Fate.ACKED && !seen.get(sender).get(number)) {
          findings.add(Finding.LOST, "record " + sender + "/" + number + ": " + said);
        }
      }
    }
  }

  /** How many records the log has. */
  public long records() {
    return records;
  }

  /** How many of them were reported as unknown. */
  public long unknownWritten() {
    return unknownWritten;
  }

  /** How many records without key and partition stand behind a later one of their sender. */
  public long overtaken() {
    return overtaken;
  }
}
