package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each word of the vocabulary, as a client sees it on the wire. */
@Timeout(30)
final class FaultTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final FakeCluster cluster =
      FakeCluster.builder().brokers(2).topic("orders", 2).manualClock().start();
  private final RawClient client = new RawClient(cluster.broker(1).port(), "raw");

  @AfterEach
  void close() throws Exception {
    client.close();
    cluster.close();
  }

  private static MetadataRequest metadata() {
    return new MetadataRequest().topics(null);
  }

  private FaultPoint onMetadata() {
    return cluster.broker(1).on(ApiKey.METADATA);
  }

  @Test
  void an_error_is_answered_instead_of_the_truth() throws Exception {
    cluster.on(ApiKey.DESCRIBE_CLUSTER).once(Fault.error(ErrorCode.CLUSTER_AUTHORIZATION_FAILED));

    assertThat(client.ask(new DescribeClusterRequest()).errorCode())
        .isEqualTo(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code());
    assertThat(client.ask(new DescribeClusterRequest()).errorCode()).isZero();
  }

  @Test
  void a_function_answers_instead_of_the_broker() throws Exception {
    onMetadata()
        .once(
            Fault.answer(
                MetadataRequest.class, request -> new MetadataResponse().clusterId("another")));

    assertThat(client.ask(metadata()).clusterId()).isEqualTo("another");
    assertThat(client.ask(metadata()).clusterId()).isEqualTo(cluster.clusterId());
  }

  @Test
  void an_answer_is_changed_on_its_way() throws Exception {
    onMetadata()
        .once(Fault.edit(MetadataResponse.class, answer -> answer.topics().get(0).name("lies")));

    MetadataResponse answer = client.ask(metadata());

    assertThat(answer.topics().get(0).name()).isEqualTo("lies");
    assertThat(answer.brokers()).hasSize(2);
  }

  @Test
  void a_delayed_request_waits_for_the_clock_and_then_is_served() throws Exception {
    onMetadata().once(Fault.delay(LONG));

    client.send(metadata());
    cluster.requests().await(ApiKey.METADATA, 1, Duration.ofSeconds(10));
    cluster.createTopic("late", 1);
    cluster.clock().advance(LONG);

    assertThat(client.receive(metadata()).topics()).hasSize(2);
  }

  @Test
  void a_delayed_reply_tells_what_was_true_before() throws Exception {
    onMetadata().once(Fault.delayReply(LONG));

    client.send(metadata());
    cluster.requests().await(ApiKey.METADATA, 1, Duration.ofSeconds(10));
    cluster.createTopic("late", 1);
    cluster.clock().advance(LONG);

    assertThat(client.receive(metadata()).topics()).hasSize(1);
  }

  @Test
  void a_held_request_is_not_applied_before_the_gate_opens() throws Exception {
    Gate gate = new Gate();
    onMetadata().once(Fault.hold(gate));

    client.send(metadata());
    gate.await();
    cluster.createTopic("late", 1);
    gate.open();

    assertThat(client.receive(metadata()).topics()).hasSize(2);
  }

  @Test
  void a_held_reply_was_applied_before_the_gate_opened() throws Exception {
    Gate gate = new Gate();
    onMetadata().once(Fault.holdReply(gate));

    client.send(metadata());
    gate.await();
    cluster.createTopic("late", 1);
    gate.letOneGo();

    assertThat(client.receive(metadata()).topics()).hasSize(1);
  }

  @Test
  void an_ignored_request_is_not_answered_and_neither_are_those_behind_it() throws Exception {
    Interception ignored = onMetadata().once(Fault.ignore());

    client.send(metadata());
    ignored.await();
    client.send(metadata());

    try (RawClient other = new RawClient(cluster.broker(1).port(), "other")) {
      assertThat(other.ask(metadata()).topics()).hasSize(1);
    }
    assertThat(cluster.requests().count(ApiKey.METADATA)).isEqualTo(2);
    assertThat(client.available()).isZero();
  }

  @Test
  void a_connection_is_closed_before_or_after_the_request_is_applied() throws Exception {
    onMetadata().sequence(Fault.closeBefore(), Fault.closeAfter());

    client.send(metadata());
    assertThatThrownBy(() -> client.receive(metadata())).isInstanceOf(EOFException.class);
    assertThat(cluster.requests().of(ApiKey.METADATA).get(0).answer()).isEmpty();

    try (RawClient second = new RawClient(cluster.broker(1).port(), "raw")) {
      second.send(metadata());
      assertThatThrownBy(() -> second.receive(metadata())).isInstanceOf(EOFException.class);
    }
    assertThat(cluster.requests().of(ApiKey.METADATA).get(1).answer()).isPresent();
  }

  @Test
  void a_connection_is_reset() throws Exception {
    onMetadata().sequence(Fault.resetBefore(), Fault.resetAfter());

    client.send(metadata());
    assertThatThrownBy(() -> client.receive(metadata())).isInstanceOf(SocketException.class);

    try (RawClient second = new RawClient(cluster.broker(1).port(), "raw")) {
      second.send(metadata());
      assertThatThrownBy(() -> second.receive(metadata())).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void of_half_a_reply_just_so_many_bytes_arrive() throws Exception {
    onMetadata().once(Fault.halfReply(17));

    client.send(metadata());

    assertThat(client.readToTheEnd()).hasSize(17);
  }

  @Test
  void a_stuck_reply_leaves_the_connection_open() throws Exception {
    onMetadata().once(Fault.stuckReply(5));

    client.send(metadata());

    assertThat(client.readBytes(5)).hasSize(5);
    assertThat(cluster.broker(1).connections()).isEqualTo(1);
    assertThat(client.available()).isZero();
  }

  @Test
  void a_lost_reply_was_applied() throws Exception {
    Interception lost = cluster.on(ApiKey.LIST_GROUPS).once(Fault.loseReply());

    client.send(new ListGroupsRequest());
    lost.await();

    assertThat(cluster.requests().of(ApiKey.LIST_GROUPS).get(0).answer()).isPresent();
    assertThat(client.available()).isZero();
  }

  @Test
  void a_reply_byte_by_byte_is_the_same_reply() throws Exception {
    MetadataResponse whole = client.ask(metadata());
    onMetadata().once(Fault.byteByByte());

    assertThat(client.ask(metadata())).isEqualTo(whole);
  }

  @Test
  void a_reply_carries_the_wrong_number_or_comes_twice() throws Exception {
    onMetadata().sequence(Fault.wrongCorrelation(1), Fault.doubleReply());

    client.send(metadata());
    assertThat(client.receiveCorrelationId()).isEqualTo(client.lastSent() + 1);

    client.send(metadata());
    assertThat(client.receiveCorrelationId()).isEqualTo(client.lastSent());
    assertThat(client.receiveCorrelationId()).isEqualTo(client.lastSent());
  }

  @Test
  void bytes_of_the_tests_come_in_the_place_of_a_reply() throws Exception {
    onMetadata().once(Fault.bytes(new byte[] {'H', 'T', 'T', 'P'}));

    client.send(metadata());

    assertThat(client.readBytes(4)).containsExactly('H', 'T', 'T', 'P');
    assertThat(client.ask(metadata()).topics()).hasSize(1);
  }

  @Test
  void something_happens_before_or_after_a_request_is_applied() throws Exception {
    onMetadata()
        .sequence(
            Fault.first(() -> cluster.createTopic("early", 1)),
            Fault.then(() -> cluster.createTopic("late", 1)));

    assertThat(client.ask(metadata()).topics()).hasSize(2);
    assertThat(client.ask(metadata()).topics()).hasSize(2);
    assertThat(client.ask(metadata()).topics()).hasSize(3);
  }

  @Test
  void faults_are_put_together() throws Exception {
    Gate gate = new Gate();
    onMetadata().once(Fault.holdReply(gate).and(Fault.halfReply(9)));

    client.send(metadata());
    gate.await();
    assertThat(client.available()).isZero();
    gate.open();

    assertThat(client.readToTheEnd()).hasSize(9);
  }

  @Test
  void nobody_asked_for_this_reply() throws Exception {
    client.ask(metadata());

    int connections =
        cluster
            .broker(1)
            .sendUnasked("raw", 4711, new DescribeClusterResponse().clusterId("air"), 0);

    assertThat(connections).isEqualTo(1);
    assertThat(client.receiveCorrelationId()).isEqualTo(4711);
    assertThat(client.ask(metadata()).topics()).hasSize(1);
  }

  @Test
  void a_throttled_client_is_told_and_then_kept_quiet() throws Exception {
    cluster.broker(1).throttle(ApiKey.METADATA, Duration.ofSeconds(3));

    assertThat(client.ask(metadata()).throttleTimeMs()).isEqualTo(3_000);
    client.send(new DescribeClusterRequest());
    try (RawClient other = new RawClient(cluster.broker(1).port(), "other")) {
      other.ask(new DescribeClusterRequest());
    }
    assertThat(cluster.requests().count(ApiKey.DESCRIBE_CLUSTER)).isEqualTo(1);

    cluster.clock().advance(Duration.ofSeconds(3));
    assertThat(client.receive(new DescribeClusterRequest()).errorCode()).isZero();
  }

  @Test
  void a_point_is_narrowed_by_broker_client_content_and_number() throws Exception {
    Fault error = Fault.answer(MetadataRequest.class, any -> new MetadataResponse());
    Interception ofBroker2 = cluster.on(ApiKey.METADATA).broker(2).once(error);
    Interception ofOther = cluster.on(ApiKey.METADATA).client("other").once(error);
    Interception ofContent =
        cluster
            .on(ApiKey.METADATA)
            .where(MetadataRequest.class, MetadataRequest::includeTopicAuthorizedOperations)
            .once(error);
    Interception third = onMetadata().nth(3, error);

    assertThat(client.ask(metadata()).brokers()).hasSize(2);
    assertThat(client.ask(metadata()).brokers()).hasSize(2);
    assertThat(client.ask(metadata()).brokers()).isEmpty();
    assertThat(client.ask(metadata().includeTopicAuthorizedOperations(true)).brokers()).isEmpty();
    assertThat(client.ask(metadata()).brokers()).hasSize(2);

    assertThat(third.hits()).isEqualTo(1);
    assertThat(ofContent.hits()).isEqualTo(1);
    assertThat(ofOther.hits()).isZero();
    assertThat(ofBroker2.hits()).isZero();
  }

  @Test
  void a_removed_fault_has_no_effect() throws Exception {
    Interception always =
        onMetadata().always(Fault.answer(MetadataRequest.class, any -> new MetadataResponse()));

    assertThat(client.ask(metadata()).brokers()).isEmpty();
    assertThat(client.ask(metadata()).brokers()).isEmpty();
    always.remove();
    assertThat(client.ask(metadata()).brokers()).hasSize(2);
  }

  @Test
  void what_a_fault_throws_is_a_refusal_and_ends_the_connection() {
    onMetadata()
        .once(
            Fault.edit(
                MetadataResponse.class,
                answer -> {
                  throw new IllegalStateException("the test is wrong");
                }));

    assertThatThrownBy(() -> client.ask(metadata())).isInstanceOf(EOFException.class);
    assertThat(cluster.refusals()).singleElement().asString().contains("the test is wrong");
  }

  @Test
  void the_request_record_tells_who_asked_what_and_what_was_answered() throws Exception {
    client.ask(metadata());

    SeenRequest seen = cluster.requests().of(ApiKey.METADATA).get(0);

    assertThat(seen.brokerId()).isEqualTo(1);
    assertThat(seen.clientId()).isEqualTo("raw");
    assertThat(seen.body(MetadataRequest.class).topics()).isNull();
    assertThat(seen.answer(MetadataResponse.class).brokers()).hasSize(2);
    assertThat(seen.time()).isEqualTo(cluster.clock().now());
    cluster.requests().clear();
    assertThat(cluster.requests().all()).isEmpty();
  }
}
