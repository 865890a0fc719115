package io.ottla.internal.cluster.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables know every API, and what they say of each is thought through. */
final class RequestKindTest {
  private static final Set<ApiKey> NEED_A_BROKER =
      EnumSet.of(
          ApiKey.API_VERSIONS,
          ApiKey.SASL_HANDSHAKE,
          ApiKey.SASL_AUTHENTICATE,
          ApiKey.PUSH_TELEMETRY,
          ApiKey.SHARE_FETCH,
          ApiKey.SHARE_ACKNOWLEDGE,
          ApiKey.WRITE_TXN_MARKERS,
          ApiKey.INITIALIZE_SHARE_GROUP_STATE,
          ApiKey.READ_SHARE_GROUP_STATE,
          ApiKey.WRITE_SHARE_GROUP_STATE,
          ApiKey.DELETE_SHARE_GROUP_STATE,
          ApiKey.READ_SHARE_GROUP_STATE_SUMMARY);

  @ParameterizedTest
  @EnumSource
  void each_api_has_a_kind(ApiKey key) {
    RequestKind kind = RequestKind.of(key);

    assertThat(kind.whyNotByKind() != null).isEqualTo(NEED_A_BROKER.contains(key));
    assertThat(RequestKind.splitOf(key.newRequest())).isNotNull();
    assertThat(RequestKind.whole(Target.Anybody.INSTANCE, key.newRequest())).isNotNull();
    boolean says = RequestKind.isRepeatable(key.newRequest()); // for each, or it would throw
    if (key.name().startsWith("DESCRIBE_") || key.name().startsWith("LIST_")) {
      assertThat(says).isTrue();
    }
  }

  @Test
  void records_are_repeated_only_if_all_are_numbered() {
    ByteBuffer numbered = ByteBuffer.allocate(61).put(16, (byte) 2).putLong(43, 7);
    ByteBuffer plain = ByteBuffer.allocate(61).put(16, (byte) 2).putLong(43, -1);
    ByteBuffer old = ByteBuffer.allocate(61).put(16, (byte) 1).putLong(43, 7);

    assertThat(RequestKind.isRepeatable(produce(numbered, numbered))).isTrue();
    assertThat(RequestKind.isRepeatable(produce(numbered, plain))).isFalse();
    assertThat(RequestKind.isRepeatable(produce(old))).isFalse();
    assertThat(RequestKind.isRepeatable(produce(ByteBuffer.allocate(20)))).isFalse();
  }

  private static ProduceRequest produce(ByteBuffer... batches) {
    TopicProduceData topic = new TopicProduceData().name("orders");
    for (ByteBuffer batch : batches) {
      topic.partitionData().add(new PartitionProduceData().records(batch));
    }
    ProduceRequest request = new ProduceRequest();
    request.topicData().add(topic);
    return request;
  }

  @Test
  void what_only_looks_is_repeated_what_appends_is_not() {
    assertThat(RequestKind.isRepeatable(new CreateTopicsRequest())).isFalse();
    assertThat(RequestKind.isRepeatable(new CreateTopicsRequest().validateOnly(true))).isTrue();
    assertThat(RequestKind.isRepeatable(alter((byte) 0, (byte) 1))).isTrue();
    assertThat(RequestKind.isRepeatable(alter((byte) 0, (byte) 2))).isFalse();
  }

  private static IncrementalAlterConfigsRequest alter(byte... operations) {
    AlterConfigsResource resource = new AlterConfigsResource();
    for (byte operation : operations) {
      resource.configs().add(new AlterableConfig().configOperation(operation));
    }
    IncrementalAlterConfigsRequest request = new IncrementalAlterConfigsRequest();
    request.resources().add(resource);
    return request;
  }

  @Test
  void a_fetch_of_a_session_belongs_to_its_broker() {
    assertThat(RequestKind.whyNotByKind(new FetchRequest().sessionId(4).sessionEpoch(2)))
        .contains("Route.broker(id)");
    assertThat(RequestKind.whyNotByKind(new FetchRequest().sessionEpoch(-1))).isNull();
  }

  @Test
  void a_topic_without_an_id_holds_the_version_down() {
    ProduceSplit split = new ProduceSplit();
    ProduceRequest whole = produce(ByteBuffer.allocate(1));
    Terms none = terms(Terms.NO_ID);
    Terms some = terms(new UUID(1, 2));

    ProduceRequest nameless = split.request(whole, split.pieces(whole, List.of()), none);
    ProduceRequest known = split.request(whole, split.pieces(whole, List.of()), some);

    assertThat(split.highestVersion(nameless)).isEqualTo(12);
    assertThat(split.highestVersion(known)).isEqualTo(ProduceRequest.HIGHEST_VERSION);
    assertThat(known.topicData().get(0).topicId()).isEqualTo(new UUID(1, 2));
    assertThat(whole.topicData().get(0).topicId()).isEqualTo(Terms.NO_ID);
  }

  private static Terms terms(UUID id) {
    return new Terms() {
      @Override
      public int version() {
        return -1;
      }

      @Override
      public UUID idOf(String topic) {
        return id;
      }

      @Override
      public String nameOf(UUID topicId) {
        return "";
      }
    };
  }

  @Test
  void parts_have_lists_of_their_own() {
    ListOffsetsSplit split = new ListOffsetsSplit();
    ListOffsetsRequest whole = new ListOffsetsRequest();
    whole
        .topics()
        .add(
            new ListOffsetsTopic()
                .name("orders")
                .partitions(
                    List.of(
                        new ListOffsetsPartition().partitionIndex(3),
                        new ListOffsetsPartition().partitionIndex(1))));
    var pieces = split.pieces(whole, List.of());

    ListOffsetsRequest part = split.request(whole, pieces.subList(1, 2), terms(Terms.NO_ID));
    var refused = split.refusal(pieces.get(0), ErrorCode.LEADER_NOT_AVAILABLE, "why");
    var merged = split.merge(whole, pieces, List.of(refused, refused), List.of());

    assertThat(part.topics().get(0).partitions()).hasSize(1);
    assertThat(part.topics()).isNotSameAs(whole.topics());
    assertThat(whole.topics().get(0).partitions()).hasSize(2);
    assertThat(merged.topics().get(0).name()).isEqualTo("orders");
    assertThat(refused.partitionIndex()).isEqualTo(3);
    assertThat(split.error(refused)).isEqualTo(ErrorCode.LEADER_NOT_AVAILABLE);
  }
}
