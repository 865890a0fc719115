package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ApiVersionsResponse.ApiVersion;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.ProduceRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker says it can do, and what it does when asked for more. */
abstract class ApiVersionsBehaviour extends Behaviour {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void each_version_tells_the_ranges(int version) {
    ApiVersionsResponse answer = broker().ask(client(), version);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(ranges(answer))
        .containsEntry(ApiKey.PRODUCE, "0-13")
        .containsEntry(ApiKey.FETCH, "4-18")
        .containsEntry(ApiKey.LIST_OFFSETS, "1-11")
        .containsEntry(ApiKey.METADATA, "0-13")
        .containsEntry(ApiKey.OFFSET_COMMIT, "2-10")
        .containsEntry(ApiKey.OFFSET_FETCH, "1-10")
        .containsEntry(ApiKey.FIND_COORDINATOR, "0-6")
        .containsEntry(ApiKey.JOIN_GROUP, "0-9")
        .containsEntry(ApiKey.HEARTBEAT, "0-4")
        .containsEntry(ApiKey.LEAVE_GROUP, "0-5")
        .containsEntry(ApiKey.SYNC_GROUP, "0-5")
        .containsEntry(ApiKey.DESCRIBE_GROUPS, "0-6")
        .containsEntry(ApiKey.LIST_GROUPS, "0-5")
        .containsEntry(ApiKey.API_VERSIONS, "0-4")
        .containsEntry(ApiKey.CREATE_TOPICS, "2-7")
        .containsEntry(ApiKey.DELETE_TOPICS, "1-6")
        .containsEntry(ApiKey.DELETE_RECORDS, "0-2")
        .containsEntry(ApiKey.INIT_PRODUCER_ID, "0-5")
        .containsEntry(ApiKey.OFFSET_FOR_LEADER_EPOCH, "2-4")
        .containsEntry(ApiKey.DESCRIBE_CONFIGS, "1-4")
        .containsEntry(ApiKey.CREATE_PARTITIONS, "0-3")
        .containsEntry(ApiKey.DELETE_GROUPS, "0-2")
        .containsEntry(ApiKey.INCREMENTAL_ALTER_CONFIGS, "0-1")
        .containsEntry(ApiKey.DESCRIBE_CLUSTER, "0-2")
        .containsEntry(ApiKey.DESCRIBE_PRODUCERS, "0-0")
        .containsEntry(ApiKey.CONSUMER_GROUP_HEARTBEAT, "0-1")
        .containsEntry(ApiKey.CONSUMER_GROUP_DESCRIBE, "0-1");
  }

  @Test
  void features_are_told_from_version_3_on() {
    ApiVersionsResponse answer = broker().ask(client(), 4);

    assertThat(answer.finalizedFeatures())
        .anyMatch(
            feature -> feature.name().equals("group.version") && feature.maxVersionLevel() == 1)
        .anyMatch(feature -> feature.name().equals("metadata.version"));
    assertThat(answer.finalizedFeaturesEpoch()).isNotNegative();
    assertThat(answer.supportedFeatures())
        .anyMatch(feature -> feature.name().equals("group.version"));
  }

  @Test
  void a_version_that_is_too_new_is_answered_in_version_0_and_the_connection_stays() {
    broker().sendBytes(broker().frame(ApiKey.API_VERSIONS.id(), 99, 2, new byte[] {1, 2, 3}));

    ApiVersionsResponse answer = broker().receive(new ApiVersionsRequest(), 0);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
    assertThat(answer.apiKeys())
        .containsExactly(
            new ApiVersion()
                .apiKey(ApiKey.API_VERSIONS.id())
                .minVersion((short) 0)
                .maxVersion((short) 4));
    assertThat(broker().ask(client(), 4).errorCode()).isZero();
  }

  @Test
  void a_client_whose_name_is_none_is_told_so() {
    ApiVersionsResponse answer =
        broker()
            .ask(new ApiVersionsRequest().clientSoftwareName("$").clientSoftwareVersion("1"), 3);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(answer.apiKeys()).isEmpty();
  }

  @Test
  void nobody_is_made_to_ask() {
    assertThat(broker().ask(new MetadataRequest().topics(List.of())).brokers()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void produce_before_version_3_is_told_of_and_refused(int version) {
    Topic topic = newTopic(1);
    RawConnection connection = anotherConnection();

    connection.send(
        new ProduceRequest()
            .acks((short) 1)
            .timeoutMs(1000)
            .topicData(produceRequest(topic, 0, MessageSet.of(1, "old"), 3).topicData()),
        version);

    connection.awaitClosedByBroker();
    assertThat(endOffset(topic)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"FETCH, 3", "FETCH, 99", "LIST_OFFSETS, 0", "METADATA, 14", "OFFSET_COMMIT, 1"})
  void any_other_version_that_is_not_supported_closes_the_connection(ApiKey api, int version) {
    RawConnection connection = anotherConnection();
    int header = api.requestHeaderVersion(version);

    connection.sendBytes(connection.frame(api.id(), version, header, new byte[64]));

    connection.awaitClosedByBroker();
  }

  @Test
  void answers_carry_the_correlation_id_in_front() {
    broker().send(client(), 0);
    ByteBuffer frame = broker().receiveFrame();

    assertThat(frame.getInt()).isEqualTo(1);
    ApiVersionsResponse answer = new ApiVersionsResponse();
    answer.read(WireReader.of(frame), 0);
    assertThat(answer.apiKeys()).isNotEmpty();
  }

  private static ApiVersionsRequest client() {
    return new ApiVersionsRequest().clientSoftwareName("suite").clientSoftwareVersion("1.0");
  }

  private static Map<ApiKey, String> ranges(ApiVersionsResponse answer) {
    Map<ApiKey, String> ranges = new TreeMap<>();
    for (ApiVersion api : answer.apiKeys()) {
      ApiKey key = ApiKey.find(api.apiKey());
      if (key != null) {
        ranges.put(key, api.minVersion() + "-" + api.maxVersion());
      }
    }
    return ranges;
  }
}
