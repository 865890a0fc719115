package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.security.Sasl;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written and read while the connection's session is renewed. */
@Timeout(60)
final class RenewedSessionTest {
  /** Renewed 200 ms before its end at the latest: a slower machine than that loses it. */
  private static final Duration SESSION = Duration.ofSeconds(4);

  private static final int IN_FLIGHT = 16;
  private static final int WRITES_AFTER_RENEWAL = 500;
  private static final int LOOK_EVERY = 64;

  private int sent;

  @Test
  @Scenario({"G88", "L183"})
  void records_are_written_once_and_in_order_while_a_session_is_renewed() throws Exception {
    try (FakeCluster kafka =
            FakeCluster.builder()
                .topic("orders", 1)
                .user("alice", "pw")
                .sessionLifetime(SESSION)
                .start();
        Broker broker =
            Ottla.broker(
                "127.0.0.1",
                kafka.broker(1).port(),
                options -> options.sasl(Sasl.scramSha256("alice", "pw")))) {
      Queue<CompletableFuture<List<ProduceResult>>> writes = new ArrayDeque<>();
      CompletableFuture<List<FetchResult>> read = read(broker);
      int last = Integer.MAX_VALUE;
      while (sent < last) {
        if (last == Integer.MAX_VALUE && sent % LOOK_EVERY == 0 && isRenewed(kafka)) {
          last = sent + WRITES_AFTER_RENEWAL;
        }
        writes.add(write(broker));
        if (writes.size() == IN_FLIGHT) {
          assertWritten(writes.remove());
        }
        if (read.isDone()) {
          assertThat(read.get()).singleElement().matches(r -> r.error() == ErrorCode.NONE);
          read = read(broker);
        }
      }
      while (!writes.isEmpty()) {
        assertWritten(writes.remove());
      }

      assertThat(kafka.partition("orders", 0).records())
          .extracting(FakeRecord::value)
          .isEqualTo(IntStream.range(0, sent).mapToObj(Integer::toString).toList());
      assertThat(kafka.requests().count(ApiKey.API_VERSIONS)).as("connections").isEqualTo(1);
    }
  }

  private static boolean isRenewed(FakeCluster kafka) {
    return kafka.requests().count(ApiKey.SASL_HANDSHAKE) > 1;
  }

  private CompletableFuture<List<ProduceResult>> write(Broker broker) {
    byte[] value = Integer.toString(sent++).getBytes(UTF_8);
    return broker.produce(List.of(ProducerRecord.record("orders", 0, value)), Acks.ALL);
  }

  private static void assertWritten(CompletableFuture<List<ProduceResult>> write) throws Exception {
    assertThat(write.get(20, TimeUnit.SECONDS))
        .singleElement()
        .matches(result -> result.error() == ErrorCode.NONE);
  }

  private static CompletableFuture<List<FetchResult>> read(Broker broker) {
    return broker.fetch(List.of(new FetchPosition("orders", 0, 0)), FetchLimits.defaults());
  }
}
