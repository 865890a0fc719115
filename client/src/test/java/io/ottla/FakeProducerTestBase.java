package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.serde.Serializer;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * Three fake brokers with the six partitions of one topic, and producers that try again soon and
 * put each record into a batch of its own.
 */
@Timeout(120)
abstract class FakeProducerTestBase {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final int PARTITIONS = 6;
  static final Serializer<String> TEXT = (text, to) -> to.writeUtf8(text);

  final FakeCluster fake =
      FakeCluster.builder()
          .brokers(3)
          .topic("orders", PARTITIONS)
          .config("auto.create.topics.enable", "false")
          .start();
  private final List<Producer<?, ?>> opened = new ArrayList<>();

  /**
   * A producer of texts.
   *
   * @param options names and values in turn
   */
  final Producer<String, String> producer(String... options) {
    return producer(
        builder -> {
          for (int i = 0; i < options.length; i += 2) {
            builder.set(options[i], options[i + 1]);
          }
        });
  }

  final Producer<String, String> producer(Consumer<ProducerBuilder<String, String>> configure) {
    ProducerBuilder<String, String> builder =
        Ottla.producer(fake.bootstrapServers())
            .keys(TEXT)
            .values(TEXT)
            .set("linger", "0ms")
            .set("batch.records", "1")
            .set("retry.backoff", "5ms")
            .set("retry.backoff.max", "50ms")
            .set("reconnect.backoff", "5ms")
            .set("reconnect.backoff.max", "50ms");
    configure.accept(builder);
    Producer<String, String> producer = builder.start();
    opened.add(producer);
    return producer;
  }

  @AfterEach
  final void nothing_was_broken() {
    opened.forEach(producer -> producer.close(Duration.ZERO));
    opened.forEach(FakeProducerTestBase::assertHoldsNothing);
    List<ProducedBatches.Sent> sent = ProducedBatches.of(fake);
    List<String> refusals = fake.refusals();
    fake.close();
    assertThat(refusals).isEmpty();
    ProducedBatches.assertRulesAreKept(sent);
  }

  /** Requests that were on their way may hold their bytes until their connection is closed. */
  static void assertHoldsNothing(Producer<?, ?> producer) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(producer.stats().buffer().bytes()).as("memory that is held").isZero();
              assertThat(producer.stats().buffer().records()).as("without report").isZero();
            });
  }

  // Sending.

  static CompletableFuture<Delivery> send(
      Producer<String, String> producer, int partition, String value) {
    return producer.send(ProducerRecord.record("orders", partition, value));
  }

  /** Sends several, one behind the other. */
  static List<CompletableFuture<Delivery>> send(
      Producer<String, String> producer, int partition, String... values) {
    return Arrays.stream(values).map(value -> send(producer, partition, value)).toList();
  }

  /** With a short delivery timeout on a slow machine: sends until it is in. */
  static Delivery sendUntilIn(Producer<String, String> producer, int partition, String value)
      throws Exception {
    while (true) {
      CompletableFuture<Delivery> sent = send(producer, partition, value);
      try {
        return get(sent);
      } catch (ExecutionException failed) {
        assertThat(failureOf(sent).outcome()).isEqualTo(SendOutcome.NOT_SENT);
      }
    }
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static <T> void getAll(List<? extends Future<T>> futures) throws Exception {
    for (Future<T> future : futures) {
      get(future);
    }
  }

  static OttlaException failureOf(CompletableFuture<?> future) throws Exception {
    try {
      Object value = future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      throw new AssertionError("it did not fail but gave " + value);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(OttlaException.class);
      return (OttlaException) failed.getCause();
    }
  }

  /**
   * Lets a producer do all that it means to do now: records that were sent later, to a partition
   * that none of these brokers leads, have been delivered.
   */
  final void letDoWhatItMeansTo(Producer<String, String> producer, int... busyBrokers)
      throws Exception {
    int other = 0;
    while (Arrays.stream(busyBrokers).boxed().toList().contains(leader(other))) {
      other++;
    }
    get(send(producer, other, "something else"));
    get(send(producer, other, "something else again"));
  }

  /** Waits until a producer with a short {@code metadata.max.age} knows what is so now. */
  final void letLearn(Producer<String, String> producer, int... busyBrokers) throws Exception {
    long before = fake.requests().count(ApiKey.METADATA);
    fake.requests().await(ApiKey.METADATA, before + 3, PATIENCE);
    letDoWhatItMeansTo(producer, busyBrokers);
  }

  // The cluster.

  final int leader(int partition) {
    return fake.partition("orders", partition).leader().orElseThrow();
  }

  /** Some broker that does not lead a partition. */
  final int otherThanLeader(int partition) {
    return leader(partition) % 3 + 1;
  }

  /** The values in the log of a partition. */
  final List<String> log(int partition) {
    return fake.partition("orders", partition).records().stream().map(FakeRecord::value).toList();
  }

  /** What was sent for a partition. */
  final List<ProducedBatches.Sent> sentFor(int partition) {
    return ProducedBatches.of(fake, "orders", partition);
  }

  /** Requests that carry something for a partition. */
  static boolean isFor(ProduceRequest request, int partition) {
    return request.topicData().stream()
        .flatMap(topic -> topic.partitionData().stream())
        .anyMatch(data -> data.index() == partition);
  }

  /** The record is in the log once, at the place that its sender was told. */
  final void assertWritten(Delivery delivery, String value) {
    assertThat(fake.partition("orders", delivery.partition()).records())
        .filteredOn(record -> value.equals(record.value()))
        .singleElement()
        .satisfies(record -> assertThat(record.offset()).isEqualTo(delivery.offset()));
  }
}
