package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large records and batches may be, and what topics may be called. */
final class ProducerLimitsTest extends FakeProducerTestBase {
  /** Batch header, and a record with a length, a value and its length of two bytes each. */
  private static final int OVERHEAD = 61 + 2 + 1 + 1 + 1 + 1 + 2 + 1;

  private static final int LIMIT = 1_000;
  private static final String JUST_FITS = "x".repeat(LIMIT - OVERHEAD);

  @Test
  @Scenario("L3")
  void a_record_of_the_largest_size_passes_and_one_byte_more_is_refused_at_once() throws Exception {
    Producer<String, String> producer = producer("record.max.bytes", "" + LIMIT);
    CompletableFuture<Delivery> fits = send(producer, 0, JUST_FITS);
    CompletableFuture<Delivery> tooLarge = send(producer, 0, JUST_FITS + "x");
    CompletableFuture<Delivery> next = send(producer, 0, JUST_FITS);

    assertThat(get(next).offset()).isEqualTo(1);
    assertThat(get(fits).offset()).isZero();
    OttlaException failure = failureOf(tooLarge);
    assertThat(failure).isInstanceOf(RefusedException.class);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(failure).hasMessageContaining("record.max.bytes").hasMessageContaining("1000");
    assertThat(log(0)).containsExactly(JUST_FITS, JUST_FITS);
  }

  // An open batch has room for more than a record may have.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Scenario("L3")
  void a_record_that_is_too_large_is_refused_also_behind_others(boolean isTopicKnown)
      throws Exception {
    Producer<String, String> producer =
        producer("record.max.bytes", "" + LIMIT, "batch.records", "10", "linger", "1m");
    if (isTopicKnown) {
      get(producer.partitions("orders"));
    }
    CompletableFuture<Delivery> small = send(producer, 0, "small");
    CompletableFuture<Delivery> tooLarge = send(producer, 0, JUST_FITS + "x");
    CompletableFuture<Delivery> last = send(producer, 0, "last");
    get(producer.flush());

    assertThat(failureOf(tooLarge))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("record.max.bytes");
    assertWritten(get(small), "small");
    assertWritten(get(last), "last");
    assertThat(log(0)).containsExactly("small", "last");
  }

  @Test
  @Scenario("L3")
  void what_the_broker_takes_to_the_byte_is_not_refused_before() throws Exception {
    fake.configureTopic("orders", "max.message.bytes", "" + LIMIT);
    Producer<String, String> producer = producer();
    CompletableFuture<Delivery> fits = send(producer, 0, JUST_FITS);
    CompletableFuture<Delivery> tooLarge = send(producer, 0, JUST_FITS + "x");
    CompletableFuture<Delivery> next = send(producer, 0, "next");

    assertThat(get(fits).offset()).isZero();
    OttlaException failure = failureOf(tooLarge);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.REFUSED);
    assertThat(failure.errorCode()).contains(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(get(next).offset()).isEqualTo(1);
    assertThat(log(0)).containsExactly(JUST_FITS, "next");
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 255, 300, 100_000})
  @Scenario("L15")
  void a_topic_whose_name_is_too_long_is_an_error_at_once(int length) throws Exception {
    Producer<String, String> producer = producer();

    OttlaException failure = failureOf(producer.send("t".repeat(length), "value"));

    assertThat(failure).isInstanceOf(RefusedException.class);
    assertThat(failure.getMessage()).contains("249").hasSizeLessThan(1_000);
    assertWritten(get(send(producer, 0, "good")), "good");
  }

  @Test
  @Scenario("L15")
  void a_topic_whose_name_is_as_long_as_can_be_is_none() throws Exception {
    String name = "t".repeat(249);
    fake.createTopic(name, 1);

    assertThat(get(producer().send(name, "value")).topic()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", ".", "..", "ä", "a\u0000", "a:b"})
  @Scenario("L16")
  void a_topic_with_an_impossible_name_is_an_error_at_once(String name) throws Exception {
    Producer<String, String> producer = producer();

    OttlaException failure = failureOf(producer.send(name, "value"));

    assertThat(failure).isInstanceOf(RefusedException.class);
    assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
    assertWritten(get(send(producer, 0, "good")), "good");
  }

  @Test
  @Scenario("L16")
  void a_topic_that_the_broker_calls_impossible_is_not_waited_for() throws Exception {
    fake.on(ApiKey.METADATA)
        .where(MetadataRequest.class, asked -> asksFor(asked, "odd"))
        .always(ProducerTopicsTest.topicError(ErrorCode.INVALID_TOPIC_EXCEPTION));
    Producer<String, String> producer = producer("delivery.timeout", "10m");

    OttlaException failure = failureOf(producer.send("odd", "value"));

    assertThat(failure).isInstanceOf(RefusedException.class).hasMessageContaining("odd");
    assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
  }

  private static boolean asksFor(MetadataRequest asked, String topic) {
    return asked.topics() != null
        && asked.topics().stream().anyMatch(one -> topic.equals(one.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  @Scenario("L27")
  void no_batch_is_larger_than_it_may_be(String codec) throws Exception {
    Producer<String, String> producer =
        producer(
            "batch.bytes", "2000", "batch.records", "100000", "linger", "1m", "compression", codec);
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      sent.add(send(producer, 0, i + " " + Integer.toString(i * 7919, 36).repeat(10)));
    }
    get(producer.flush());
    getAll(sent);

    List<ProducedBatches.Sent> batches = sentFor(0);
    assertThat(batches).allMatch(batch -> batch.content().remaining() + 17 <= 2_000);
    assertThat(batches).hasSizeLessThan(3_000 / 10);
    assertThat(batches.stream().mapToInt(ProducedBatches.Sent::count).sum()).isEqualTo(3_000);
  }

  @Test
  @Scenario("L3")
  void a_batch_that_is_too_large_for_the_broker_is_taken_apart() throws Exception {
    fake.configureTopic("orders", "max.message.bytes", "" + LIMIT);
    Producer<String, String> producer = producer("batch.records", "50", "linger", "1m");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      values.add(i + "y".repeat(100));
    }
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values.toArray(String[]::new));
    get(producer.flush());

    getAll(sent);
    assertThat(log(0)).isEqualTo(values);
  }
}
