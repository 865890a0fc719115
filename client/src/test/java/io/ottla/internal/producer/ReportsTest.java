package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.protocol.record.Compression;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports say, to whom, and what they cost if nobody listens. */
class ReportsTest extends ReportsTestBase {
  private final List<String> heard = new ArrayList<>(); // the delivery thread's, until it settled

  private static String place(DeliveryReport report) {
    return report.topic() + "-" + report.partition() + "@" + report.offset();
  }

  @Test
  void each_record_has_one_report_in_order() {
    Reports reports = reports(report -> heard.add(place(report)), false);

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.delivered(batchOf(1), "orders", 3, 42, BatchEnds.NO_TIME);
    settle();

    assertThat(heard).containsExactly("orders-3@40", "orders-3@41", "orders-3@42");
    assertThat(tally).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_report_has_what_was_sent(boolean isCompressed) {
    Reports reports =
        reports(
            report ->
                heard.add(
                    text(report.key())
                        + text(report.value())
                        + report.headers().equals(headers(heard.size()))
                        + report.timestampMs()),
            false);

    Compression compression = isCompressed ? Compression.gzip() : Compression.none();
    reports.delivered(batch(compression, NOBODY, NOBODY), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(heard).containsExactly("k0v0true1000", "k1v1true1001");
  }

  @Test
  void records_between_that_nobody_looked_at_do_not_shift_the_others() {
    DeliveryListener looks = report -> heard.add(text(report.value()) + text(report.value()));
    DeliveryListener looksAway = report -> heard.add("@" + report.offset());
    Reports reports = reports(null, false);

    ProducerBatch batch = batch(looksAway, NOBODY, looks, looksAway, looks, NOBODY);
    reports.delivered(batch, "orders", 0, 10, BatchEnds.NO_TIME);
    settle();

    assertThat(heard).containsExactly("@10", "v2v2", "@13", "v4v4");
    assertThat(tally).hasValue(6);
  }

  @Test
  void a_future_has_the_place_and_the_time_of_its_record() {
    Reports reports = reports(null, false);
    CompletableFuture<Delivery> own = new CompletableFuture<>();
    CompletableFuture<Delivery> brokers = new CompletableFuture<>();

    reports.delivered(batch(NOBODY, own), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.delivered(batch(brokers), "orders", 3, 42, 5_555);

    assertThat(own.join()).isEqualTo(new Delivery("orders", 3, 41, FIRST_TIMESTAMP_MS + 1));
    assertThat(brokers.join()).isEqualTo(new Delivery("orders", 3, 42, 5_555));
  }

  @Test
  void an_offset_that_nobody_knows_is_unknown_for_each_record() {
    Reports reports = reports(report -> heard.add(place(report)), false);

    reports.delivered(batchOf(2), "orders", 3, Delivery.UNKNOWN_OFFSET, BatchEnds.NO_TIME);
    settle();

    assertThat(heard).containsExactly("orders-3@-1", "orders-3@-1");
  }

  @Test
  @Scenario("G33")
  void a_failed_record_has_no_offset_and_tells_why() {
    OttlaException why = failure("no leader for 30 s");
    CompletableFuture<Delivery> future = new CompletableFuture<>();
    Reports reports =
        reports(
            report -> {
              assertThat(report.error()).isSameAs(why);
              assertThat(report.isDelivered()).isFalse();
              assertThat(report.outcome()).isEqualTo(SendOutcome.NOT_SENT);
              heard.add(place(report) + text(report.value()) + report.timestampMs());
            },
            true);

    reports.failed(batch(NOBODY, future), "orders", 3, why);
    settle();

    assertThat(heard).containsExactly("orders-3@-1v01000", "orders-3@-1v11001");
    assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(why);
  }

  @Test
  void a_listener_of_errors_hears_of_nothing_else() {
    DeliveryListener own = report -> heard.add("own " + place(report));
    Reports reports = reports(report -> heard.add("all " + place(report)), true);

    reports.delivered(batch(NOBODY, own), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.failed(batch(NOBODY, own), "orders", 3, failure("too late"));
    settle();

    assertThat(heard)
        .containsExactly(
            "own orders-3@41", "all orders-3@-1", "own orders-3@-1", "all orders-3@-1");
  }

  @Test
  void reports_that_nobody_wants_cost_no_thread() {
    Reports reports = reports(report -> heard.add(place(report)), true);

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);

    assertThat(tally).as("told at once").hasValue(2);
    assertThat(memory.taken()).isZero();
    assertThat(deliveryThreads()).isEmpty();
  }

  @Test
  void what_fails_and_nobody_hears_of_is_logged() {
    CompletableFuture<Delivery> future = new CompletableFuture<>();
    Reports reports = reports(null, false);

    reports.failed(batchOf(2), "orders", 3, failure("too late"));
    assertThat(Warnings.take(line -> line.contains("2 record(s) to orders-3 failed"))).hasSize(1);
    reports.failed(batch(NOBODY, future, NOBODY, NOBODY), "bills", 1, failure("too late"));
    settle();
    assertThat(Warnings.take(line -> line.contains("3 record(s) to bills-1 failed"))).hasSize(1);

    assertThat(tally).hasValue(6);
  }

  @Test
  void what_nobody_hears_of_is_logged_ever_more_seldom() {
    Reports reports = reports(null, false);

    for (int i = 0; i < 100; i++) {
      reports.refused(refusal("orders", null));
    }

    assertThat(Warnings.take(line -> line.contains("nobody was told"))).hasSize(7);
    assertThat(refusalsTold).hasSize(100);
  }

  @Test
  void a_ref_comes_back_to_both_listeners_and_only_with_its_record() {
    DeliveryListener own = report -> heard.add("own " + report.ref());
    Reports reports = reports(report -> heard.add("all " + report.ref()), false);

    ProducerBatch batch =
        batch(new Ticket("a", own), own, new Ticket("c", null), new Ticket(null, own));
    reports.delivered(batch, "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(heard)
        .containsExactly("own a", "all a", "own null", "all null", "all c", "own null", "all null");
  }

  @Test
  void a_report_is_valid_until_the_callback_returns_and_its_copy_for_ever() {
    CompletableFuture<DeliveryReport> report = new CompletableFuture<>();
    CompletableFuture<DeliveryReport> copy = new CompletableFuture<>();
    Reports reports =
        reports(
            now -> {
              report.obtrudeValue(now);
              copy.obtrudeValue(now.copy());
            },
            false);

    reports.delivered(batch(NOBODY, new Ticket("ref", null)), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThatThrownBy(() -> report.join().offset()).hasMessageContaining("copy()");
    assertThatThrownBy(() -> report.join().value()).hasMessageContaining("copy()");
    DeliveryReport kept = copy.join();
    assertThat(place(kept)).isEqualTo("orders-3@41");
    assertThat(text(kept.key())).isEqualTo("k1");
    assertThat(text(kept.value())).isEqualTo("v1");
    assertThat(text(kept.value())).as("read twice").isEqualTo("v1");
    assertThat(kept.headers()).isEqualTo(headers(1));
    assertThat(kept.timestampMs()).isEqualTo(FIRST_TIMESTAMP_MS + 1);
    assertThat(kept.ref()).isEqualTo("ref");
    assertThat(kept.isDelivered()).isTrue();
    assertThat(kept.copy()).isEqualTo(kept);
  }

  @Test
  void what_a_report_hands_out_cannot_be_written() {
    Reports reports =
        reports(
            report -> {
              heard.add("" + java.util.Objects.requireNonNull(report.value()).isReadOnly());
              heard.add("" + java.util.Objects.requireNonNull(report.copy().key()).isReadOnly());
            },
            false);

    reports.delivered(batchOf(1), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(heard).containsExactly("true", "true");
  }

  @Test
  void a_refused_record_has_its_report() {
    Reports reports =
        reports(
            report ->
                heard.add(
                    place(report)
                        + text(report.key())
                        + text(report.value())
                        + report.timestampMs()
                        + report.ref()
                        + report.headers().equals(headers(0))),
            true);
    CompletableFuture<Delivery> future = new CompletableFuture<>();

    Reports.Refusal refusal = refusal("orders", new Ticket("ref", future));
    reports.refused(refusal);
    settle();

    assertThat(heard).containsExactly("orders--1@-1knull77reftrue");
    assertThatThrownBy(future::join).hasCause(refusal.failure());
    assertThat(refusalsTold).containsExactly(refusal);
    assertThat(tally).as("of batches").hasValue(0);
  }

  @Test
  void bytes_that_a_request_still_reads_stay_until_it_lets_go() {
    Reports reports = reports(report -> heard.add(place(report)), false);
    ProducerBatch batch = batchOf(1);
    batch.hold();

    reports.delivered(batch, "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(tally).hasValue(1);
    assertThat(pool.lent()).isEqualTo(1);
    batch.letGo();
    assertThat(pool.lent()).isZero();
  }

  @Test
  void a_batch_whose_bytes_are_not_there_has_reports_without_them() {
    Reports reports =
        reports(report -> heard.add(report.key() + " " + report.copy().timestampMs()), false);
    ProducerBatch batch = open(NOBODY, NOBODY);
    batch.detach();
    batch.writer().release();
    batch.moveTo(BatchPhase.DONE, "could not be sealed");

    reports.failed(batch, "orders", 3, failure("no codec"));
    settle();

    assertThat(heard).containsExactly("null -1", "null -1");
    assertThat(Warnings.take(line -> line.contains("orders-3 lack keys"))).hasSize(1);
  }

  @Test
  void bytes_are_read_only_for_who_asks_for_them() {
    Reports reports = reports(report -> heard.add(place(report) + report.timestampMs()), false);
    ProducerBatch batch = open(NOBODY);
    batch.detach();
    batch.writer().release();
    batch.moveTo(BatchPhase.DONE, "without bytes: whoever reads them is warned of");

    reports.delivered(batch, "orders", 3, 40, 5_555);
    settle();

    assertThat(heard).containsExactly("orders-3@405555");
  }

  @Test
  void a_report_in_words_has_no_value() {
    Reports reports = reports(report -> heard.add(report + " | " + report.copy()), false);

    reports.delivered(batchOf(1), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.failed(batchOf(1), "orders", 3, failure("too late"));
    settle();

    assertThat(heard)
        .containsExactly(
            "orders-3@40 delivered | orders-3@40 delivered",
            "orders-3 NOT_SENT: too late | orders-3 NOT_SENT: too late");
  }
}
