package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.SendOutcome;
import io.ottla.producer.DeliveryReport;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What was sent, what was said about it, and whether the logs agree. Thread-safe. */
final class SentLedger {
  private static final class Entry {
    final String sender;
    final int number;
    final boolean keepsOrder;
    final AtomicInteger reports = new AtomicInteger();
    volatile boolean isTaken = true;
    volatile @Nullable SendOutcome failure;
    volatile @Nullable String reason;
    volatile String topic = "";
    volatile int partition = DeliveryReport.NO_PARTITION;
    volatile long offset = -1;

    Entry(String sender, int number, boolean keepsOrder) {
      this.sender = sender;
      this.number = number;
      this.keepsOrder = keepsOrder;
    }
  }

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger ownReports = new AtomicInteger();

  /** Before a record is sent. */
  void onSend(String id, String sender, int number, boolean keepsOrder) {
    entries.put(id, new Entry(sender, number, keepsOrder));
  }

  /** There was no room for it, and there is to be no report. */
  void onNotTaken(String id) {
    Objects.requireNonNull(entries.get(id)).isTaken = false;
  }

  /** The producer's listener hears of each record. */
  void onReport(DeliveryReport report) {
    Entry entry = Objects.requireNonNull(entries.get(String.valueOf(report.ref())));
    entry.topic = report.topic();
    entry.partition = report.partition();
    entry.offset = report.offset();
    entry.failure = report.outcome();
    entry.reason = String.valueOf(report.error());
    entry.reports.incrementAndGet();
  }

  /** A listener of one record hears of it, too. */
  void onOwnReport(DeliveryReport report) {
    ownReports.incrementAndGet();
  }

  boolean isSettled() {
    return entries.values().stream().allMatch(entry -> !entry.isTaken || entry.reports.get() > 0);
  }

  /** Compares with what is in the logs. */
  void check(FakeCluster fake, String seed) {
    Map<String, List<FakeRecord>> found = new HashMap<>();
    Map<String, Integer> latest = new HashMap<>();
    for (String topic : fake.topics()) {
      for (FakeRecord record : fake.records(topic)) {
        String id = String.valueOf(record.value()).split(" ", 2)[0];
        found.computeIfAbsent(id, any -> new ArrayList<>()).add(record);
        checkOrder(record, id, latest, seed);
      }
    }
    entries.forEach((id, entry) -> checkEntry(id, entry, found.getOrDefault(id, List.of()), seed));
    summarize();
  }

  private void checkOrder(FakeRecord record, String id, Map<String, Integer> latest, String seed) {
    Entry entry = entries.get(id);
    assertThat(entry).as("%s: nobody sent %s", seed, record).isNotNull();
    if (entry.keepsOrder) {
      String row = record.topic() + "-" + record.partition() + " of " + entry.sender;
      Integer before = latest.put(row, entry.number);
      assertThat(before == null || before < entry.number)
          .as("%s: %s is behind number %d of its sender", seed, record, before)
          .isTrue();
    }
  }

  private static void checkEntry(String id, Entry entry, List<FakeRecord> found, String seed) {
    String what =
        "%s: record %s, failed %s for %s, in the log %s"
            .formatted(seed, id, entry.failure, entry.reason, found);
    assertThat(entry.reports).as(what).hasValue(entry.isTaken ? 1 : 0);
    assertThat(found.size()).as(what).isLessThanOrEqualTo(1);
    if (!entry.isTaken || (entry.failure != null && entry.failure != SendOutcome.UNKNOWN)) {
      assertThat(found).as(what).isEmpty();
    } else if (entry.failure == null) {
      assertThat(found).as(what).hasSize(1);
      FakeRecord record = found.get(0);
      assertThat(record.topic()).as(what).isEqualTo(entry.topic);
      assertThat(record.partition()).as(what).isEqualTo(entry.partition);
      assertThat(entry.offset).as(what).isIn(-1L, record.offset());
    }
  }

  private void summarize() {
    Map<String, Integer> counts = new HashMap<>();
    entries
        .values()
        .forEach(
            entry ->
                counts.merge(
                    !entry.isTaken ? "not taken" : String.valueOf(entry.failure), 1, Integer::sum));
    System.out.println("ProducerChaosTest: " + counts + " (null: delivered)");
    assertThat(counts.getOrDefault("null", 0)).as("delivered").isGreaterThan(100);
  }
}
