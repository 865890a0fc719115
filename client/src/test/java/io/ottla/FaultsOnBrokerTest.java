package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.OttlaException;
import io.ottla.producer.Acks;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.record.Compression;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are none, or not ours: one request fails, and the next is served. */
@Timeout(30)
final class FaultsOnBrokerTest {
  private final FakeCluster cluster = FakeCluster.builder().topic("orders", 1).start();
  private final Broker broker = Ottla.broker("127.0.0.1", cluster.broker(1).port());

  @AfterEach
  void close() {
    broker.close();
    cluster.close();
  }

  private MetadataResponse ask() throws Exception {
    return broker.request(new MetadataRequest().topics(null)).get(20, TimeUnit.SECONDS);
  }

  static List<Fault> unanswerable() {
    return List.of(
        Fault.wrongCorrelation(1),
        Fault.bytes("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        Fault.halfReply(17),
        Fault.resetAfter());
  }

  @ParameterizedTest
  @MethodSource("unanswerable")
  void a_reply_that_is_none_fails_its_request_and_no_other(Fault fault) throws Exception {
    assertThat(ask().topics()).hasSize(1);
    cluster.on(ApiKey.METADATA).once(fault);

    assertThatThrownBy(this::ask).hasCauseInstanceOf(OttlaException.class);

    assertThat(ask().topics()).hasSize(1);
  }

  @Test
  void a_reply_that_comes_twice_does_not_become_the_next_ones() throws Exception {
    cluster.on(ApiKey.METADATA).once(Fault.doubleReply());

    assertThat(ask().topics()).hasSize(1);
    cluster.createTopic("later", 1);
    MetadataResponse next;
    try {
      next = ask();
    } catch (ExecutionException connectionLost) {
      next = ask();
    }

    assertThat(next.topics()).hasSize(2);
  }

  @Test
  void a_reply_that_nobody_asked_for_costs_the_connection_and_no_more() throws Exception {
    ask();
    int told = cluster.broker(1).sendUnasked("ottla", 4_711, new MetadataResponse(), 12);
    assertThat(told).isEqualTo(1);
    cluster.await(() -> cluster.broker(1).connections() == 0, Duration.ofSeconds(20));

    assertThat(ask().topics()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_broker_of_any_release_is_written_to_and_read(KafkaRelease release) throws Exception {
    try (FakeCluster old = FakeCluster.builder().release(release).topic("orders", 1).start();
        Broker broker = Ottla.broker("127.0.0.1", old.broker(1).port())) {
      byte[] value = release.text().getBytes(StandardCharsets.US_ASCII);
      broker
          .produce(
              List.of(ProducerRecord.record("orders", 0, null, value)),
              Acks.ALL,
              Duration.ofSeconds(10),
              Compression.none())
          .get(20, TimeUnit.SECONDS);
      List<FetchResult> read =
          broker
              .fetch(List.of(new FetchPosition("orders", 0, 0)), FetchLimits.defaults())
              .get(20, TimeUnit.SECONDS);

      assertThat(old.records("orders"))
          .extracting(FakeRecord::value)
          .containsExactly(release.text());
      assertThat(read).hasSize(1);
      // Of brokers that do not tell their versions, the oldest is assumed.
      int expected = release.hasApiVersions() ? release.highestVersion(ApiKey.FETCH) : 0;
      assertThat(old.requests().of(ApiKey.FETCH).get(0).version()).isEqualTo(expected);
      assertThat(old.refusals()).isEmpty();
    }
  }
}
