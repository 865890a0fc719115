package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.ProducerRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reports of records that were sent together.
 *
 * <p>Thread: the sender's, then the delivery thread; the count passes the reports from one to the
 * other. Always: it completes with the last report, and never fails.
 */
final class AllReports {
  private final DeliveryReport[] reports;
  private final AtomicInteger missing;
  private final CompletableFuture<List<DeliveryReport>> all = new CompletableFuture<>();

  private AllReports(int count) {
    reports = new DeliveryReport[count];
    missing = new AtomicInteger(count);
  }

  /** Sends records in their order. */
  static <K, V> CompletableFuture<List<DeliveryReport>> of(
      Intake<K, V> intake, Collection<ProducerRecord<K, V>> records) {
    List<ProducerRecord<K, V>> given = new ArrayList<>(records);
    given.forEach(Intake::present); // before the first one is sent
    if (given.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    AllReports reports = new AllReports(given.size());
    for (int i = 0; i < given.size(); i++) {
      reports.send(intake, given.get(i), i);
    }
    return reports.all;
  }

  private <K, V> void send(Intake<K, V> intake, ProducerRecord<K, V> record, int index) {
    DeliveryListener listener = report -> settle(index, report.copy());
    try {
      boolean unused = intake.take(record, listener, Waiting.BY_OVERFLOW);
    } catch (OttlaException noRoomForItsReport) {
      settle(index, failed(record, noRoomForItsReport));
    }
  }

  private static DeliveryReport failed(ProducerRecord<?, ?> record, OttlaException failure) {
    return new KeptReport(
        record.ref(),
        record.topic(),
        record.partition(),
        Delivery.UNKNOWN_OFFSET,
        record.timestampMs(),
        null,
        null,
        record.headers(),
        failure);
  }

  private void settle(int index, DeliveryReport report) {
    reports[index] = report;
    if (missing.decrementAndGet() == 0) {
      all.complete(List.copyOf(Arrays.asList(reports)));
    }
  }
}
