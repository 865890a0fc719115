package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.ProducerRecord;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * What was sent, and what became of it: a listener for all of it. Each record's value begins with
 * its number. Thread: any.
 */
final class SentRecords implements DeliveryListener {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, DeliveryReport> reports = new ConcurrentHashMap<>();
  private final Set<Integer> twice = ConcurrentHashMap.newKeySet();

  /** The next record, for one partition or any. */
  ProducerRecord<byte[], byte[]> next(String topic, int partition, int bytes) {
    int number = next.getAndIncrement();
    byte[] value = new byte[Math.max(bytes, 8)];
    byte[] digits = "%08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, value, 0, digits.length);
    return ProducerRecord.<byte[], byte[]>record(topic, partition, value).withRef(number);
  }

  /** The record made last was not taken after all. */
  void takeBack() {
    next.decrementAndGet();
  }

  @Override
  public void onReport(DeliveryReport report) {
    Integer number = (Integer) report.ref(); // null: sent past this
    if (number != null && reports.put(number, report.copy()) != null) {
      twice.add(number);
    }
  }

  int sent() {
    return next.get();
  }

  int reported() {
    return reports.size();
  }

  List<DeliveryReport> failed() {
    return reports.values().stream().filter(report -> !report.isDelivered()).toList();
  }

  long delivered() {
    return reports.values().stream().filter(DeliveryReport::isDelivered).count();
  }

  /** Why one failed. */
  OttlaException failureOf(int number) {
    DeliveryReport report = reports.get(number);
    assertThat(report).as("report of record %d", number).isNotNull();
    OttlaException error = report.error();
    assertThat(error).as("failure of record %d", number).isNotNull();
    return error;
  }

  void awaitReports(int atLeast) {
    Awaitility.await().atMost(PATIENCE).until(() -> reports.size() >= atLeast);
  }

  /** Each record has its report, once. */
  void assertAllReported() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reports).as("reports").hasSize(next.get()));
    assertThat(twice).as("reported twice").isEmpty();
  }

  /** What was delivered is there once; what surely failed is not there at all. */
  void assertLogIsTrue(FakeCluster fake, String... topics) {
    List<Integer> log =
        List.of(topics).stream()
            .flatMap(topic -> fake.records(topic).stream())
            .map(FakeRecord::value)
            .map(value -> Integer.parseInt(value.substring(0, 8)))
            .toList();
    Set<Integer> logged = new TreeSet<>(log);
    Set<Integer> delivered = numbers(DeliveryReport::isDelivered);
    Set<Integer> surelyFailed =
        numbers(report -> !report.isDelivered() && report.outcome() != SendOutcome.UNKNOWN);
    assertThat(log).as("nothing is there twice").hasSize(logged.size());
    assertThat(logged).as("what was delivered").containsAll(delivered);
    surelyFailed.retainAll(logged);
    assertThat(surelyFailed).as("what surely failed, and is there").isEmpty();
  }

  private Set<Integer> numbers(Predicate<DeliveryReport> which) {
    return reports.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
