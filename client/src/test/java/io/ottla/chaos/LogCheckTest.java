package io.ottla.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chaos run is worth what its check finds: each way to break one's word is found. */
final class LogCheckTest {
  private static final int PARTITIONS = 4;
  private static final int SENDERS = 3;

  private final Findings findings = new Findings();
  private final Ledger ledger = new Ledger(7, SENDERS, findings);

  /** A record, where it is in the log, and what was said of it. */
  private record Sent(Payload payload, int partition, Fate fate, boolean isWritten) {}

  private final List<Sent> sent = new ArrayList<>();

  /** By partition: what is in the log, in order of offsets. */
  private final List<List<Payload>> log = new ArrayList<>();

  /** What a client that keeps its word leaves behind. */
  private void goodRun(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < PARTITIONS; i++) {
      log.add(new ArrayList<>());
    }
    for (int i = 0; i < 600; i++) {
      int dice = random.nextInt(4);
      int way =
          dice == 0 ? Payload.KEYLESS : dice == 1 ? Payload.KEYED : random.nextInt(PARTITIONS);
      Payload payload = ledger.next(random.nextInt(SENDERS), way);
      int partition = partition(payload, random);
      Fate fate =
          switch (random.nextInt(8)) {
            case 0 -> Fate.UNKNOWN;
            case 1 -> Fate.FAILED;
            case 2 -> Fate.NOT_TAKEN;
            default -> Fate.ACKED;
          };
      boolean isWritten = fate == Fate.ACKED || (fate == Fate.UNKNOWN && random.nextBoolean());
      sent.add(new Sent(payload, partition, fate, isWritten));
      if (isWritten) {
        log.get(partition).add(payload);
      }
    }
  }

  private static int partition(Payload payload, Random random) {
    byte[] key = payload.key();
    if (key != null) {
      return BuiltInPartitioner.partitionForKey(key, PARTITIONS);
    }
    return payload.way() == Payload.KEYLESS ? random.nextInt(PARTITIONS) : payload.way();
  }

  private void report(Sent one) {
    if (one.fate() == Fate.NOT_TAKEN) {
      ledger.notTaken(one.payload());
      return;
    }
    long offset = one.fate() == Fate.ACKED ? log.get(one.partition()).indexOf(one.payload()) : -1;
    ledger.reported(one.payload(), one.fate(), one.partition(), offset);
    ledger.overheard(one.payload(), one.fate(), one.partition(), offset);
  }

  private void reportAll() {
    sent.forEach(this::report);
  }

  private LogCheck check() {
    LogCheck check = new LogCheck(ledger, PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int offset = 0;
      for (Payload payload : log.get(partition)) {
        check.record(partition, offset++, payload.key(), payload.value());
      }
    }
    ledger.settle();
    check.finish();
    return check;
  }

  private Sent any(Predicate<Sent> wanted) {
    return sent.stream().filter(wanted).skip(5).findFirst().orElseThrow();
  }

  private static boolean isAcked(Sent one) {
    return one.fate() == Fate.ACKED;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_client_that_keeps_its_word_is_believed(long seed) {
    goodRun(seed);
    reportAll();

    LogCheck check = check();

    assertThat(findings.kinds()).as(findings.toString()).isEmpty();
    assertThat(check.records()).isEqualTo(log.stream().mapToInt(List::size).sum());
    assertThat(check.unknownWritten()).isPositive();
    assertThat(ledger.sent()).isEqualTo(600);
    assertThat(ledger.count(Fate.ACKED) + check.unknownWritten()).isEqualTo(check.records());
  }

  private void expect(Finding finding, Consumer<List<List<Payload>>> harm) {
    goodRun(11);
    reportAll();
    harm.accept(log);

    check();

    assertThat(findings.kinds()).as(findings.toString()).contains(finding);
  }

  @Test
  void an_acknowledged_record_that_is_missing_at_the_end_is_lost() {
    goodRun(11);
    reportAll();
    Payload last =
        sent.stream()
            .filter(LogCheckTest::isAcked)
            .reduce((earlier, later) -> later)
            .orElseThrow()
            .payload();
    log.forEach(partition -> partition.remove(last));

    check();

    assertThat(findings.kinds()).contains(Finding.LOST);
  }

  @Test
  void an_acknowledged_record_that_is_missing_in_the_middle_is_lost() {
    expect(
        Finding.LOST,
        l -> l.get(1).remove(any(one -> isAcked(one) && one.partition() == 1).payload()));
  }

  @Test
  void a_record_that_is_there_twice_is_doubled() {
    expect(Finding.DOUBLED, l -> l.get(2).add(l.get(2).get(3)));
  }

  @Test
  void a_record_that_is_in_two_partitions_is_doubled() {
    expect(Finding.DOUBLED, l -> l.get(3).add(l.get(2).get(3)));
  }

  @Test
  void an_unknown_record_that_is_there_twice_is_doubled() {
    goodRun(11);
    reportAll();
    Sent unknown = any(one -> one.fate() == Fate.UNKNOWN && one.isWritten());
    log.get(unknown.partition()).add(unknown.payload());

    check();

    assertThat(findings.kinds()).contains(Finding.DOUBLED);
  }

  @Test
  void a_record_that_failed_and_is_there_is_found() {
    expect(
        Finding.WRITTEN_THOUGH_FAILED,
        l -> {
          Sent failed = any(one -> one.fate() == Fate.FAILED);
          l.get(failed.partition()).add(failed.payload());
        });
  }

  @Test
  void a_record_that_was_not_taken_and_is_there_is_found() {
    expect(
        Finding.WRITTEN_THOUGH_FAILED,
        l -> {
          Sent refused = any(one -> one.fate() == Fate.NOT_TAKEN);
          l.get(refused.partition()).add(refused.payload());
        });
  }

  @Test
  void a_wrong_offset_is_found() {
    goodRun(11);
    Sent one = any(each -> isAcked(each) && !each.payload().isOrdered());
    sent.remove(one);
    reportAll();
    ledger.reported(one.payload(), Fate.ACKED, one.partition(), 100_000);

    check();

    assertThat(findings.kinds()).contains(Finding.ELSEWHERE);
  }

  @Test
  void a_wrong_partition_told_is_found() {
    goodRun(11);
    Sent one = any(each -> isAcked(each) && !each.payload().isOrdered());
    sent.remove(one);
    reportAll();
    ledger.reported(one.payload(), Fate.ACKED, (one.partition() + 1) % PARTITIONS, -1);

    check();

    assertThat(findings.kinds()).contains(Finding.ELSEWHERE);
  }

  @Test
  void an_unknown_offset_is_no_wrong_one() {
    goodRun(11);
    Sent one = any(LogCheckTest::isAcked);
    sent.remove(one);
    ledger.reported(one.payload(), Fate.ACKED, one.partition(), -1);
    ledger.overheard(one.payload(), Fate.ACKED, one.partition(), -1);
    sent.removeIf(
        earlier ->
            earlier.payload().sender() == one.payload().sender()
                && earlier.payload().number() < one.payload().number());
    reportAll();
    LogCheck check = new LogCheck(ledger, PARTITIONS);

    check.record(one.partition(), 12345, one.payload().key(), one.payload().value());

    assertThat(findings.kinds()).isEmpty();
    assertThat(ledger.withoutOffset()).isEqualTo(1);
  }

  @Test
  void a_key_in_the_wrong_partition_is_found() {
    expect(
        Finding.WRONG_PARTITION,
        l -> {
          Payload keyed =
              any(one -> one.isWritten() && one.payload().way() == Payload.KEYED).payload();
          l.forEach(partition -> partition.remove(keyed));
          int wrong =
              1
                  + BuiltInPartitioner.partitionForKey(
                      Objects.requireNonNull(keyed.key()), PARTITIONS);
          l.get(wrong % PARTITIONS).add(keyed);
        });
  }

  @Test
  void a_wanted_partition_that_was_not_used_is_found() {
    expect(
        Finding.WRONG_PARTITION,
        l -> {
          Payload wanted = any(one -> one.isWritten() && one.payload().way() == 2).payload();
          l.get(2).remove(wanted);
          l.get(3).add(wanted);
        });
  }

  @Test
  void two_records_of_a_sender_that_changed_places_are_found() {
    expect(
        Finding.OUT_OF_ORDER,
        l -> {
          Payload first =
              any(one -> one.isWritten() && one.payload().way() == 1 && one.payload().sender() == 0)
                  .payload();
          l.get(1).remove(first);
          l.get(1).add(first);
        });
  }

  @Test
  void keyless_records_that_overtake_are_counted() {
    goodRun(11);
    Sent keyless =
        any(one -> one.fate() == Fate.UNKNOWN && one.isWritten() && !one.payload().isOrdered());
    log.get(keyless.partition()).remove(keyless.payload());
    log.get(keyless.partition()).add(keyless.payload());
    sent.forEach(one -> report(one.fate() == Fate.ACKED ? withoutWord(one) : one));

    LogCheck check = check();

    assertThat(findings.kinds()).as(findings.toString()).isEmpty();
    assertThat(check.overtaken()).isPositive();
  }

  private static Sent withoutWord(Sent one) {
    return new Sent(one.payload(), one.partition(), Fate.UNKNOWN, one.isWritten());
  }

  @Test
  void a_record_of_another_topic_is_foreign() {
    expect(Finding.FOREIGN, l -> l.get(0).add(new Payload(8, 0, 0, Payload.KEYLESS)));
  }

  @Test
  void a_record_that_was_never_sent_is_foreign() {
    expect(Finding.FOREIGN, l -> l.get(0).add(new Payload(7, 0, 600, Payload.KEYLESS)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 11, 15, 19, 25})
  void a_byte_that_was_changed_is_found(int index) {
    goodRun(11);
    reportAll();
    Payload payload = log.get(0).get(10);
    byte[] value = payload.value();
    value[index] ^= 0x40;
    LogCheck check = new LogCheck(ledger, PARTITIONS);

    check.record(0, 10, payload.key(), value);

    assertThat(findings.kinds()).containsExactly(Finding.FOREIGN);
  }

  @Test
  void a_value_that_was_cut_and_a_key_that_was_changed_are_found() {
    goodRun(11);
    reportAll();
    Payload payload = any(one -> one.payload().way() == Payload.KEYED).payload();
    LogCheck check = new LogCheck(ledger, PARTITIONS);

    check.record(0, 0, payload.key(), java.util.Arrays.copyOf(payload.value(), 20));
    check.record(0, 1, new byte[1], payload.value());
    check.record(0, 2, null, null);

    assertThat(findings.toString()).startsWith("FOREIGN: 3\n");
  }

  @Test
  void a_record_without_a_report_is_found() {
    goodRun(11);
    sent.remove(any(one -> one.fate() == Fate.UNKNOWN));
    reportAll();

    check();

    assertThat(findings.kinds()).containsExactly(Finding.NEVER_REPORTED);
  }

  @Test
  void two_reports_of_a_record_are_found() {
    goodRun(11);
    reportAll();
    report(any(one -> one.fate() == Fate.UNKNOWN));

    assertThat(findings.kinds()).contains(Finding.REPORTED_TWICE);
  }

  @Test
  void a_report_of_what_was_not_taken_is_found_early_and_late() {
    goodRun(11);
    Payload refused = any(one -> one.fate() == Fate.NOT_TAKEN).payload();
    ledger.reported(refused, Fate.FAILED, -1, -1);
    ledger.notTaken(refused);
    ledger.reported(refused, Fate.FAILED, -1, -1);

    assertThat(findings.toString()).startsWith("REPORTED_THOUGH_NOT_TAKEN: 2\n");
  }

  @Test
  void reports_out_of_order_are_found() {
    goodRun(11);
    List<Sent> ofOne =
        sent.stream()
            .filter(one -> isAcked(one) && one.payload().way() == 1 && one.payload().sender() == 1)
            .toList();
    report(ofOne.get(4));
    report(ofOne.get(3));

    assertThat(findings.kinds()).containsExactly(Finding.REPORTED_OUT_OF_ORDER);
    assertThat(findings.toString()).startsWith("REPORTED_OUT_OF_ORDER: 2\n");
  }

  @Test
  void a_producer_s_listener_that_hears_less_is_found() {
    goodRun(11);
    reportAll();
    ledger.reported(ledger.next(0, 1), Fate.FAILED, -1, -1);

    check();

    assertThat(findings.kinds()).containsExactly(Finding.OVERHEARD_OTHERWISE);
  }
}
