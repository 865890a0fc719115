package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
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
}
