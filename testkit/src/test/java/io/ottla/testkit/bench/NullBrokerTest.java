package io.ottla.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All but Produce and Fetch. */
final class NullBrokerTest {
  private NullBroker broker;
  private RawClient client;

  @SuppressWarnings("NullAway.Init") // set before each test
  NullBrokerTest() {}

  @BeforeEach
  void start() throws IOException {
    broker =
        NullBroker.builder()
            .topic("orders", 3)
            .topic("payments", 1)
            .batch(10, 20)
            .recordsPerPartition(500)
            .start();
    client = new RawClient(broker);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    broker.close();
  }

  @Test
  void every_version_that_is_offered_of_the_small_requests_is_answered() throws IOException {
    ApiVersionsResponse offered = client.call(new ApiVersionsRequest(), 0);

    assertThat(offered.apiKeys()).hasSize(8);
    for (ApiVersionsResponse.ApiVersion one : offered.apiKeys()) {
      ApiKey api = ApiKey.find(one.apiKey());
      assertThat(api).isNotNull();
      for (int version = one.minVersion(); version <= one.maxVersion(); version++) {
        if (api != ApiKey.PRODUCE) {
          client.call(api.newRequest(), version);
        }
      }
    }
  }

  @Test
  void versions_of_the_future_are_told_what_there_is() throws IOException {
    byte[] frame = client.frame(new ApiVersionsRequest(), 4);
    frame[7] = 99;
    client.write(frame);

    ApiVersionsResponse refusal = client.read(new ApiVersionsRequest(), 0);

    assertThat(refusal.errorCode()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION.code());
    assertThat(refusal.apiKeys()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 12, 13})
  void metadata_names_the_topics_and_the_one_broker(int version) throws IOException {
    MetadataRequest all = new MetadataRequest().topics(version == 0 ? List.of() : null);

    MetadataResponse response = client.call(all, version);

    assertThat(response.brokers())
        .singleElement()
        .matches(one -> one.nodeId() == 1 && one.port() == broker.port());
    assertThat(response.topics())
        .extracting(MetadataResponseTopic::name)
        .containsExactly("orders", "payments");
    assertThat(response.topics().get(0).partitions())
        .hasSize(3)
        .allMatch(
            partition -> partition.leaderId() == 1 && partition.isrNodes().equals(List.of(1)));
  }

  @Test
  void topics_are_found_by_name_and_by_id_and_unknown_ones_are_not_made() throws IOException {
    MetadataResponseTopic orders = describe(new MetadataRequestTopic().name("orders"));
    MetadataResponseTopic byId = describe(new MetadataRequestTopic().topicId(orders.topicId()));
    MetadataResponseTopic unknown = describe(new MetadataRequestTopic().name("refunds"));

    assertThat(byId.name()).isEqualTo("orders");
    assertThat(unknown.errorCode()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
  }

  private MetadataResponseTopic describe(MetadataRequestTopic topic) throws IOException {
    MetadataResponse response = client.call(new MetadataRequest().topics(List.of(topic)), 13);
    return response.topics().get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 11})
  void logs_begin_at_0_and_end_where_they_were_told_to(int version) throws IOException {
    assertThat(offset("orders", 2, -2, version).offset()).isZero();
    assertThat(offset("orders", 2, -1, version).offset()).isEqualTo(500);
    assertThat(offset("orders", 3, -1, version).errorCode())
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    assertThat(offset("orders", 0, 1_700_000_000_000L, version).errorCode())
        .as("by time")
        .isEqualTo(ErrorCode.INVALID_REQUEST.code());
  }

  private ListOffsetsPartitionResponse offset(
      String topic, int partition, long timestamp, int version) throws IOException {
    ListOffsetsRequest request =
        new ListOffsetsRequest()
            .replicaId(-1)
            .topics(
                List.of(
                    new ListOffsetsRequest.ListOffsetsTopic()
                        .name(topic)
                        .partitions(
                            List.of(
                                new ListOffsetsRequest.ListOffsetsPartition()
                                    .partitionIndex(partition)
                                    .timestamp(timestamp)))));
    return client.call(request, version).topics().get(0).partitions().get(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void the_only_epoch_ends_where_the_log_does(int version) throws IOException {
    OffsetForLeaderEpochRequest request =
        new OffsetForLeaderEpochRequest()
            .topics(
                List.of(
                    new OffsetForLeaderEpochRequest.OffsetForLeaderTopic()
                        .topic("payments")
                        .partitions(
                            List.of(new OffsetForLeaderEpochRequest.OffsetForLeaderPartition()))));

    var end = client.call(request, version).topics().get(0).partitions().get(0);

    assertThat(end.endOffset()).isEqualTo(500);
    assertThat(end.leaderEpoch()).isZero();
  }

  @Test
  void each_idempotent_producer_gets_an_id_of_its_own() throws IOException {
    InitProducerIdResponse first =
        client.call(new InitProducerIdRequest().transactionalId(null), 5);
    InitProducerIdResponse second =
        client.call(new InitProducerIdRequest().transactionalId(null), 0);

    assertThat(first.errorCode()).isZero();
    assertThat(second.producerId()).isNotEqualTo(first.producerId());
  }

  @Test
  void groups_and_transactions_are_refused() throws IOException {
    FindCoordinatorResponse old = client.call(new FindCoordinatorRequest().key("group"), 2);
    FindCoordinatorResponse now =
        client.call(new FindCoordinatorRequest().coordinatorKeys(List.of("group")), 6);
    InitProducerIdResponse transactional =
        client.call(new InitProducerIdRequest().transactionalId("txn"), 4);

    assertThat(old.errorCode()).isEqualTo(ErrorCode.INVALID_REQUEST.code());
    assertThat(now.coordinators())
        .singleElement()
        .matches(one -> String.valueOf(one.errorMessage()).contains("no groups"));
    assertThat(transactional.errorCode())
        .isEqualTo(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code());
  }

  @Test
  void what_is_not_offered_and_what_is_not_kafka_ends_the_connection() throws IOException {
    client.write(client.frame(new HeartbeatRequest(), 4));
    assertThat(client.isAtEnd()).isTrue();

    try (RawClient other = new RawClient(broker)) {
      other.write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(other.isAtEnd()).isTrue();
    }
  }

  @Test
  void bytes_and_cpu_time_are_counted_also_after_the_end() throws IOException {
    byte[] frame = client.frame(new MetadataRequest(), 9);
    client.write(frame);
    client.read(new MetadataRequest(), 9);

    broker.close();
    broker.close();

    assertThat(broker.bytesIn()).isEqualTo(frame.length);
    assertThat(broker.bytesOut()).isPositive();
    assertThat(broker.cpuTime()).isPositive();
    assertThatThrownBy(() -> new RawClient(broker)).isInstanceOf(ConnectException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("ottla-null-broker"));
  }

  @Test
  void what_cannot_be_is_refused_before_it_starts() {
    assertThatThrownBy(() -> NullBroker.builder().batch(10, 10).recordsPerPartition(15).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple of the 10");
    assertThatThrownBy(() -> NullBroker.builder().batch(ByteBuffer.allocate(61)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch");
    assertThatThrownBy(() -> NullBroker.builder().topic("t", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NullBroker.builder().port(broker.port()).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(String.valueOf(broker.port()));
  }
}
