package io.ottla;

import static io.ottla.producer.ProducerRecord.NO_TIMESTAMP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each record is, and what is said of it: of the right one, once, and of no other. */
final class ProducerEachRecordTest extends FakeProducerTestBase {
  private static final String TOO_LARGE = "x".repeat(3_000);

  private static ProducerRecord<String, String> to(int partition, @Nullable String value) {
    return ProducerRecord.record("orders", partition, value);
  }

  @Test
  @Scenario("L2")
  void a_record_for_a_partition_that_does_not_exist_fails_alone() throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "20s");
    CompletableFuture<Delivery> before = send(producer, 0, "before");
    CompletableFuture<Delivery> lost = send(producer, 77, "lost");
    CompletableFuture<Delivery> after = send(producer, 0, "after");

    assertWritten(get(before), "before");
    assertWritten(get(after), "after");
    OttlaException failure = failureOf(lost);
    assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
    assertThat(failure).hasMessageContaining("77").hasMessageContaining("orders");
    assertThat(fake.records("orders")).hasSize(2);
  }

  @Test
  @Scenario("L5")
  void records_of_a_partition_are_written_in_the_order_in_which_they_were_sent() throws Exception {
    Producer<String, String> producer = producer("batch.records", "7", "linger", "1ms");
    List<String> values = IntStream.range(0, 2_000).mapToObj(i -> "value " + i).toList();
    List<CompletableFuture<Delivery>> sent = send(producer, 3, values.toArray(String[]::new));

    getAll(sent);

    assertThat(log(3)).isEqualTo(values);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(get(sent.get(i)).offset()).isEqualTo(i);
    }
  }

  @Test
  @Scenario("L6")
  void of_several_records_each_has_its_own_report_in_their_order() throws Exception {
    Producer<String, String> producer =
        producer("record.max.bytes", "2000", "delivery.timeout", "20s", "batch.records", "100");
    List<ProducerRecord<String, String>> records =
        List.of(
            to(0, "a").withRef(0),
            to(77, "nowhere").withRef(1),
            to(0, "b").withRef(2),
            to(1, TOO_LARGE).withRef(3),
            to(1, "c").withRef(4),
            to(0, null).withRef(5),
            to(0, "d").withRef(6));

    List<DeliveryReport> reports = get(producer.sendAll(records));

    assertThat(reports).extracting(DeliveryReport::ref).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(reports)
        .as(
            () ->
                reports.stream().map(report -> String.valueOf(report.error())).toList().toString())
        .extracting(DeliveryReport::isDelivered)
        .containsExactly(true, false, true, false, true, true, true);
    assertThat(reports.get(3).error()).isInstanceOf(RefusedException.class);
    assertThat(reports)
        .extracting(DeliveryReport::offset)
        .containsExactly(0L, -1L, 1L, -1L, 0L, 2L, 3L);
    assertThat(text(reports.get(3).value())).isEqualTo(TOO_LARGE);
    assertThat(text(reports.get(6).value())).isEqualTo("d");
    assertThat(log(0)).containsExactly("a", "b", null, "d");
    assertThat(log(1)).containsExactly("c");
  }

  private static @Nullable String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? null : UTF_8.decode(bytes.duplicate()).toString();
  }

  @Test
  @Scenario("L6")
  void several_records_of_which_none_is_there_have_no_reports() throws Exception {
    assertThat(get(producer().sendAll(List.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"all,-1,true", "1,1,true", "0,0,false"})
  @Scenario("L8")
  void a_record_has_one_report_and_an_offset_if_somebody_said_so(
      String acks, short wire, boolean hasOffset) throws Exception {
    AtomicInteger reports = new AtomicInteger();
    Producer<String, String> producer =
        producer(b -> b.set("acks", acks).onReport(report -> reports.incrementAndGet()));
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");

    getAll(sent);
    get(producer.flush());

    assertThat(reports).hasValue(3);
    assertThat(sent).allSatisfy(one -> assertThat(get(one).hasOffset()).isEqualTo(hasOffset));
    fake.await(() -> log(0).size() == 3, PATIENCE);
    assertThat(log(0)).containsExactly("a", "b", "c");
    assertThat(fake.requests().of(ApiKey.PRODUCE))
        .allSatisfy(seen -> assertThat(seen.body(ProduceRequest.class).acks()).isEqualTo(wire));
  }

  @Test
  @Scenario({"L10", "L11"})
  void nothing_and_empty_are_two_things_for_keys_and_for_values() throws Exception {
    Producer<String, String> producer = producer("batch.records", "10", "linger", "5ms");
    List<DeliveryReport> reports =
        get(
            producer.sendAll(
                List.of(
                    ProducerRecord.record("orders", 0, null, null),
                    ProducerRecord.record("orders", 0, "", null),
                    ProducerRecord.record("orders", 0, null, ""),
                    ProducerRecord.record("orders", 0, "", ""),
                    ProducerRecord.record("orders", 0, "k", "v"))));

    assertThat(reports).allMatch(DeliveryReport::isDelivered);
    assertThat(reports).extracting(one -> text(one.key())).containsExactly(null, "", null, "", "k");
    assertThat(reports)
        .extracting(one -> text(one.value()))
        .containsExactly(null, null, "", "", "v");
    List<FakeRecord> written = fake.partition("orders", 0).records();
    assertThat(written).extracting(FakeRecord::key).containsExactly(null, "", null, "", "k");
    assertThat(written).extracting(FakeRecord::value).containsExactly(null, null, "", "", "v");
  }

  @Test
  @Scenario("L23")
  void headers_go_as_they_are_and_come_back_in_the_report() throws Exception {
    List<Header> headers =
        List.of(
            new Header("a", "1".getBytes(UTF_8)),
            new Header("b", null),
            new Header("a", new byte[0]),
            new Header("", "2".getBytes(UTF_8)),
            new Header("a", "1".getBytes(UTF_8)));
    Producer<String, String> producer = producer("compression", "gzip");

    List<DeliveryReport> reports =
        get(producer.sendAll(List.of(to(0, "with").withHeaders(headers), to(0, "without"))));

    assertThat(names(reports.get(0).headers())).isEqualTo(names(headers));
    assertThat(reports.get(1).headers()).isEmpty();
    List<FakeRecord> written = fake.partition("orders", 0).records();
    assertThat(names(written.get(0).headers())).isEqualTo(names(headers));
    assertThat(written.get(1).headers()).isEmpty();
  }

  private static List<String> names(List<Header> headers) {
    return headers.stream()
        .map(
            one ->
                one.key() + "=" + (one.value() == null ? "null" : new String(one.value(), UTF_8)))
        .toList();
  }

  // A tenth of what fails here would fill the memory, if it stayed.
  @Test
  @Scenario("L26")
  void what_fails_leaves_nothing_behind_in_whatever_way_it_was_sent() throws Exception {
    AtomicInteger reports = new AtomicInteger();
    Producer<String, String> producer =
        producer(
            b ->
                b.set("record.max.bytes", "2000")
                    .set("memory", "1MB")
                    .set("overflow", "fail")
                    .onReport(report -> reports.incrementAndGet()));
    List<CompletableFuture<?>> futures = new ArrayList<>();
    int sent = 0;
    for (int round = 0; round < 300; round++) {
      futures.add(producer.send(to(0, TOO_LARGE)));
      futures.add(producer.send("orders", "key", TOO_LARGE));
      futures.add(producer.send("no topic!", TOO_LARGE));
      producer.send(to(0, TOO_LARGE), report -> {});
      producer.send("orders", "key", TOO_LARGE, report -> {});
      assertThat(producer.trySend(to(0, TOO_LARGE))).isTrue();
      assertThat(producer.trySend(to(0, TOO_LARGE), report -> {})).isTrue();
      producer.topic("orders").post("key", TOO_LARGE);
      futures.add(producer.topic("orders").send("key", TOO_LARGE));
      producer.topic("orders").send("key", TOO_LARGE, report -> {});
      List<Header> headers = List.of(new Header("h", TOO_LARGE.getBytes(UTF_8)));
      producer.topic("orders").send(0, NO_TIMESTAMP, "key", "v", headers, "ref", null);
      assertThat(producer.topic("orders").trySend("key", TOO_LARGE)).isTrue();
      sent += 12;
      futures.add(producer.sendAll(List.of(to(0, TOO_LARGE), to(0, TOO_LARGE))));
      sent += 2;
      producer.channel().put(to(0, TOO_LARGE));
      sent += 1;
    }
    get(producer.flush());

    assertThat(reports).hasValue(sent);
    assertThat(futures).allMatch(CompletableFuture::isDone);
    assertThat(fake.requests().count(ApiKey.PRODUCE)).isZero();
    assertWritten(get(send(producer, 0, "fits")), "fits");
  }
}
