package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.SeenRequest;
import io.ottla.testkit.proxy.Direction;
import io.ottla.testkit.proxy.FaultProxy;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Brokers that are away, that hang, that fail; and what records are told of it. */
final class ProducerTroubleTest extends FakeProducerTestBase {
  @AfterEach
  void expectWarningsAboutBrokers() {
    Warnings.take(line -> line.contains(" WARN "));
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }

  @Test
  @Scenario("L17")
  void without_any_broker_records_fail_by_time_and_flush_and_close_return() throws Exception {
    try (Producer<String, String> producer =
        Ottla.producer("127.0.0.1:" + portOfNobody())
            .keys(TEXT)
            .values(TEXT)
            .set("delivery.timeout", "500ms")
            .start()) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, "a", "b", "c"));
      sent.add(producer.send("elsewhere", "d"));

      get(producer.flush());

      for (CompletableFuture<Delivery> one : sent) {
        assertThat(one).isDone();
        OttlaException failure = failureOf(one);
        assertThat(failure).isInstanceOf(TimeoutException.class);
        assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
      }
      CompletableFuture<Delivery> last = send(producer, 0, "last");
      producer.close(Duration.ZERO);
      assertThat(failureOf(last).outcome()).isEqualTo(SendOutcome.NOT_SENT);
      assertThat(get(producer.flush())).isNull();
    }
  }

  @Test
  @Scenario("L32")
  void a_record_whose_time_is_over_while_it_is_under_way_may_have_been_written() throws Exception {
    Producer<String, String> producer =
        producer("delivery.timeout", "500ms", "request.timeout", "400ms");
    get(send(producer, 0, "before"));
    var lost = fake.on(ApiKey.PRODUCE).broker(leader(0)).always(Fault.loseReply());

    OttlaException failure = failureOf(send(producer, 0, "perhaps"));

    assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(failure).hasMessageContaining("orders-0");
    lost.remove();
    assertWritten(get(send(producer, 1, "elsewhere")), "elsewhere");
    get(producer.flush());
    assertThat(log(0)).containsExactly("before", "perhaps");
  }

  @Test
  @Scenario("L33")
  void a_request_that_hangs_is_sent_again_over_another_connection() throws Exception {
    Producer<String, String> producer = producer("request.timeout", "300ms");
    get(send(producer, 0, "before"));
    fake.on(ApiKey.PRODUCE).once(Fault.ignore());

    assertWritten(get(send(producer, 0, "stalled")), "stalled");

    List<SeenRequest> seen = fake.requests().of(ApiKey.PRODUCE);
    assertThat(seen).hasSize(3);
    assertThat(seen.get(2).connectionId()).isNotEqualTo(seen.get(1).connectionId());
    assertThat(log(0)).containsExactly("before", "stalled");
  }

  // The broker has read half of a request; what comes next on that connection would be taken for
  // the other half.
  @Test
  @Scenario({"L19", "L33"})
  void a_request_that_was_half_written_is_never_followed_by_another_one() throws Exception {
    try (FaultProxy proxy = FaultProxy.to("127.0.0.1", fake.broker(1).port())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        fake.partition("orders", partition).moveLeader(1);
      }
      fake.broker(1).advertise("127.0.0.1", proxy.port());
      Producer<String, String> producer = producer("request.timeout", "500ms");
      get(send(producer, 0, "before"));
      String large = "x".repeat(900_000);
      proxy.afterBytes(
          Direction.TO_BROKER, 100_000, connection -> connection.pause(Direction.TO_BROKER));
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      sent.add(send(producer, 0, large));
      sent.add(send(producer, 1, "other partition"));
      sent.add(send(producer, 0, "behind"));
      proxy.await(counters -> counters.toBroker().received() > 100_000, PATIENCE);
      proxy.await(counters -> counters.accepted() > 3, PATIENCE);
      proxy.heal();

      getAll(sent);

      assertThat(log(0)).containsExactly("before", large, "behind");
      assertThat(log(1)).containsExactly("other partition");
      assertThat(fake.refusals()).isEmpty();
    }
  }

  @Test
  @Scenario("L34")
  void a_record_is_tried_again_until_it_succeeds() throws Exception {
    Producer<String, String> producer = producer();
    fake.on(ApiKey.PRODUCE)
        .sequence(
            Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS),
            Fault.closeBefore(),
            Fault.error(ErrorCode.NOT_LEADER_OR_FOLLOWER),
            Fault.error(ErrorCode.LEADER_NOT_AVAILABLE),
            Fault.closeAfter(),
            Fault.error(ErrorCode.REQUEST_TIMED_OUT),
            Fault.halfReply(9));

    assertWritten(get(send(producer, 0, "at last")), "at last");

    assertThat(fake.requests().count(ApiKey.PRODUCE)).isEqualTo(8);
    assertThat(log(0)).containsExactly("at last");
  }

  @Test
  @Scenario("L34")
  void a_record_fails_when_it_was_tried_as_often_as_it_may() throws Exception {
    Producer<String, String> producer = producer("retries", "2", "delivery.timeout", "10m");
    fake.on(ApiKey.PRODUCE).always(Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS));

    OttlaException failure = failureOf(send(producer, 0, "in vain"));

    assertThat(fake.requests().count(ApiKey.PRODUCE)).isEqualTo(3);
    assertThat(failure.getMessage()).contains("NOT_ENOUGH_REPLICAS").contains("2 retries");
    assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
    fake.clearFaults();
    assertWritten(get(send(producer, 0, "next")), "next");
    assertThat(log(0)).containsExactly("next");
  }

  @Test
  @Scenario("L40")
  void a_broker_whose_disk_fails_is_asked_again() throws Exception {
    Producer<String, String> producer = producer();
    fake.on(ApiKey.PRODUCE).times(2, Fault.error(ErrorCode.KAFKA_STORAGE_ERROR));

    assertWritten(get(send(producer, 0, "at last")), "at last");

    assertThat(fake.requests().count(ApiKey.PRODUCE)).isEqualTo(3);
  }

  @Test
  @Scenario("L40")
  void a_failing_disk_is_reported_when_it_may_not_be_tried_again() throws Exception {
    Producer<String, String> producer = producer("retries", "1");
    fake.on(ApiKey.PRODUCE).times(2, Fault.error(ErrorCode.KAFKA_STORAGE_ERROR));

    OttlaException failure = failureOf(send(producer, 0, "in vain"));

    assertThat(failure.getMessage()).contains("KAFKA_STORAGE_ERROR");
    assertWritten(get(send(producer, 0, "next")), "next");
  }

  /** Errors that no repetition mends. */
  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "INVALID_RECORD",
        "INVALID_REQUIRED_ACKS",
        "UNSUPPORTED_COMPRESSION_TYPE",
        "POLICY_VIOLATION",
        "INVALID_TIMESTAMP"
      })
  @Scenario("L34")
  void what_a_broker_refuses_for_good_is_not_tried_again(ErrorCode code) throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "10m");
    fake.on(ApiKey.PRODUCE).once(Fault.error(code));

    OttlaException failure = failureOf(send(producer, 0, "refused"));

    assertThat(failure.outcome()).isEqualTo(SendOutcome.REFUSED);
    assertThat(failure.errorCode()).contains(code);
    assertWritten(get(send(producer, 0, "next")), "next");
    assertThat(log(0)).containsExactly("next");
  }
}
