package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.scenario.Scenario;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is told of a record, and what it can hold. */
final class ProducerRecordFieldsTest extends FakeProducerTestBase {
  private static CompletableFuture<DeliveryReport> report(
      Producer<String, String> producer, ProducerRecord<String, String> record) {
    CompletableFuture<DeliveryReport> heard = new CompletableFuture<>();
    producer.send(record, report -> heard.complete(report.copy()));
    return heard;
  }

  @Test
  @Scenario("G33")
  void a_record_that_failed_has_no_offset_and_no_partition_that_was_never_chosen()
      throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "500ms");

    DeliveryReport unknown = get(report(producer, ProducerRecord.record("unknown", "v")));
    DeliveryReport closed = afterClose();

    for (DeliveryReport failed : List.of(unknown, closed)) {
      assertThat(failed.isDelivered()).isFalse();
      assertThat(failed.offset()).isEqualTo(Delivery.UNKNOWN_OFFSET);
      assertThat(failed.partition()).isEqualTo(DeliveryReport.NO_PARTITION);
      assertThat(failed.error()).isNotNull();
      assertThat(failed.outcome()).isNotNull();
      assertThat(failed.topic()).isEqualTo("unknown");
    }
  }

  private DeliveryReport afterClose() throws Exception {
    Producer<String, String> producer = producer();
    producer.close();
    return get(report(producer, ProducerRecord.record("unknown", "v")));
  }

  @Test
  @Scenario("G33")
  void a_record_that_its_broker_refused_has_a_partition_and_no_offset() throws Exception {
    fake.on(ApiKey.PRODUCE).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    Producer<String, String> producer = producer();
    Object ref = new Object();

    DeliveryReport failed =
        get(
            report(
                producer,
                ProducerRecord.<String, String>record("orders", 3, "k", "v").withRef(ref)));

    assertThat(failed.offset()).isEqualTo(-1);
    assertThat(failed.partition()).isEqualTo(3);
    assertThat(failed.ref()).isSameAs(ref);
    assertThat(failed.key()).isNotNull();
    assertThat(failed.value()).isNotNull();
  }

  @Test
  @Scenario("G33")
  void a_record_whose_outcome_is_unknown_has_no_offset() throws Exception {
    fake.on(ApiKey.PRODUCE).always(Fault.errorAfter(ErrorCode.REQUEST_TIMED_OUT));
    Producer<String, String> producer = producer("delivery.timeout", "400ms");

    DeliveryReport failed = get(report(producer, ProducerRecord.record("orders", 3, "v")));

    assertThat(failed.offset()).isEqualTo(-1);
    assertThat(failed.isDelivered()).isFalse();
  }

  @Test
  @Scenario("G34")
  void times_in_a_batch_may_be_centuries_apart() throws Exception {
    fake.configureTopic("orders", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    Producer<String, String> producer =
        producer("batch.records", "4", "linger", "1h", "delivery.timeout", "2h");
    long[] times = {1_700_000_000_000L, 0, 1_700_000_000_000L + (1L << 40), 253_402_300_799_000L};

    List<CompletableFuture<Delivery>> sent =
        Arrays.stream(times)
            .mapToObj(
                time ->
                    producer.send(
                        ProducerRecord.<String, String>record("orders", 0, "at " + time)
                            .withTimestampMs(time)))
            .toList();

    getAll(sent);
    assertThat(fake.partition("orders", 0).records())
        .extracting(record -> record.timestamp())
        .containsExactly(
            Arrays.stream(times).mapToObj(Instant::ofEpochMilli).toArray(Instant[]::new));
    assertThat(fake.partition("orders", 0).batches())
        .singleElement()
        .extracting(RecordBatch::maxTimestamp)
        .isEqualTo(253_402_300_799_000L);
    assertThat(get(sent.get(3)).timestampMs()).isEqualTo(times[3]);
  }
}
