package io.ottla.chaos;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was sent to one topic, and what was said of it: kept outside of the client, one number of
 * eight bytes per record.
 *
 * <p>Always: what was said is compared at once with what was said before. Thread-safe.
 */
public final class Ledger {
  private static final int PARTITION_BITS = 10;
  private static final int OFFSET_BITS = 48;
  private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

  private final int id;
  private final int senders;
  private final Findings findings;

  /** By sender: what became of each of its records; see {@link #pack}. */
  @GuardedBy("this")
  private final long[][] fates;

  @GuardedBy("this")
  private final int[] sent;

  @GuardedBy("this")
  private final Map<Integer, Long> latestOffsets = new HashMap<>();

  @GuardedBy("this")
  private final Map<List<Integer>, Integer> latestNumbers = new HashMap<>();

  @GuardedBy("this")
  private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);

  @GuardedBy("this")
  private long reports;

  @GuardedBy("this")
  private long overheard;

  @GuardedBy("this")
  private long withoutOffset;

  /** An empty one, of the records of one topic. */
  public Ledger(int id, int senders, Findings findings) {
    this.id = id;
    this.senders = senders;
    this.findings = findings;
    this.fates = new long[senders][1024];
    this.sent = new int[senders];
  }

  /** What a record became. */
  record Entry(Fate fate, int partition, long offset) {}

  /** The next record of a sender, which is about to be sent. */
  public synchronized Payload next(int sender, int way) {
    int number = sent[sender]++;
    if (number == fates[sender].length) {
      fates[sender] = Arrays.copyOf(fates[sender], number * 2);
    }
    return new Payload(id, sender, number, way);
  }

  /** The client did not take it. */
  public synchronized void notTaken(Payload record) {
    if (entry(record.sender(), record.number()).fate() != Fate.WAITING) {
      findings.add(Finding.REPORTED_THOUGH_NOT_TAKEN, record.toString());
    }
    set(record, new Entry(Fate.NOT_TAKEN, -1, -1));
    counts.merge(Fate.NOT_TAKEN, 1L, Long::sum);
  }

  /**
   * The client said what became of it.
   *
   * @param offset −1 if it did not say
   */
  public synchronized void reported(Payload record, Fate fate, int partition, long offset) {
    Fate before = entry(record.sender(), record.number()).fate();
    if (before != Fate.WAITING) {
      findings.add(
          before == Fate.NOT_TAKEN ? Finding.REPORTED_THOUGH_NOT_TAKEN : Finding.REPORTED_TWICE,
          record + ": first " + before + ", then " + fate);
      return;
    }
    set(record, new Entry(fate, partition, offset));
    counts.merge(fate, 1L, Long::sum);
    reports++;
  }

  /**
   * The producer's own listener heard of a record; it hears of all in order, while futures of
   * several records complete with the last of them.
   */
  public synchronized void overheard(Payload record, Fate fate, int partition, long offset) {
    overheard++;
    if (fate == Fate.ACKED || fate == Fate.UNKNOWN) {
      checkOrder(record, fate, partition, offset);
    }
  }

  private void checkOrder(Payload record, Fate fate, int partition, long offset) {
    synchronized (this) {
      if (fate == Fate.ACKED && offset >= 0) {
        long latest = latestOffsets.getOrDefault(partition, -1L);
        if (offset <= latest) {
          findings.add(
              Finding.REPORTED_OUT_OF_ORDER,
              record + " at " + partition + "@" + offset + " after " + latest);
        }
        latestOffsets.put(partition, offset);
      } else if (fate == Fate.ACKED) {
        withoutOffset++;
      }
      if (record.isOrdered()) {
        Integer latest = latestNumbers.put(List.of(partition, record.sender()), record.number());
        if (latest != null && latest > record.number()) {
          findings.add(Finding.REPORTED_OUT_OF_ORDER, record + " after number " + latest);
        }
      }
    }
  }

  /** Whether something was said of each record; each of which nothing was is a finding. */
  public synchronized void settle() {
    for (int sender = 0; sender < senders; sender++) {
      for (int number = 0; number < sent[sender]; number++) {
        if (entry(sender, number).fate() == Fate.WAITING) {
          findings.add(Finding.NEVER_REPORTED, "record " + sender + "/" + number);
        }
      }
    }
    if (overheard != reports) {
      findings.add(
          Finding.OVERHEARD_OTHERWISE,
          overheard + " of the producer's, " + reports + " of records");
    }
  }

  int id() {
    return id;
  }

  int senders() {
    return senders;
  }

  synchronized int sent(int sender) {
    return sent[sender];
  }

  synchronized Entry entry(int sender, int number) {
    return unpack(fates[sender][number]);
  }

  Findings findings() {
    return findings;
  }

  /** How many records had this fate so far. */
  public synchronized long count(Fate fate) {
    return counts.getOrDefault(fate, 0L);
  }

  /** Of how many written records nobody knows the offset. */
  public synchronized long withoutOffset() {
    return withoutOffset;
  }

  /** How many records were sent. */
  public synchronized long sent() {
    return Arrays.stream(sent).asLongStream().sum();
  }

  private synchronized void set(Payload record, Entry entry) {
    fates[record.sender()][record.number()] = pack(entry);
  }

  private static long pack(Entry entry) {
    long place =
        ((long) entry.partition() + 1) << OFFSET_BITS | ((entry.offset() + 1) & OFFSET_MASK);
    return (long) FATES.indexOf(entry.fate()) << (OFFSET_BITS + PARTITION_BITS) | place;
  }

  private static Entry unpack(long packed) {
    Fate fate = FATES.get((int) (packed >>> (OFFSET_BITS + PARTITION_BITS)));
    int partition = (int) ((packed >>> OFFSET_BITS) & ((1 << PARTITION_BITS) - 1)) - 1;
    return new Entry(fate, partition, (packed & OFFSET_MASK) - 1);
  }

  private static final List<Fate> FATES = List.of(Fate.values());

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (Fate fate : FATES) {
      parts.add(count(fate) + " " + fate);
    }
    return Objects.toString(parts);
  }
}
