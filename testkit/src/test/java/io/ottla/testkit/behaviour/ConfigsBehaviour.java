package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest.AlterableConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configs of topics and brokers. */
abstract class ConfigsBehaviour extends Behaviour {
  private static final byte TOPIC = 2;
  private static final byte BROKER = 4;
  private static final byte SET = 0;
  private static final byte DELETE = 1;
  private static final byte APPEND = 2;
  private static final byte SUBTRACT = 3;
  private static final byte OF_TOPIC = 1;
  private static final byte BY_DEFAULT = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void each_version_tells_a_topics_config(int version) {
    Topic topic = newTopic(1, "retention.ms=777");

    DescribeConfigsResult told = describe(TOPIC, topic.name(), List.of("retention.ms"), version);

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(told.resourceType()).isEqualTo(TOPIC);
    assertThat(told.resourceName()).isEqualTo(topic.name());
    DescribeConfigsResourceResult config = only(told.configs());
    assertThat(config.name()).isEqualTo("retention.ms");
    assertThat(config.value()).isEqualTo("777");
    assertThat(config.configSource()).isEqualTo(OF_TOPIC);
    assertThat(config.isSensitive()).isFalse();
    assertThat(config.readOnly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "cleanup.policy, delete",
    "compression.type, producer",
    "max.message.bytes, 1048588",
    "message.timestamp.type, CreateTime",
    "min.insync.replicas, 1",
    "retention.ms, 604800000",
    "retention.bytes, -1",
    "segment.bytes, 1073741824",
    "delete.retention.ms, 86400000",
    "unclean.leader.election.enable, false",
    "message.timestamp.after.max.ms, 3600000",
    "message.timestamp.before.max.ms, 9223372036854775807",
  })
  void what_a_topic_does_not_say_has_a_default(String key, String value) {
    DescribeConfigsResourceResult config =
        only(describe(TOPIC, newTopic(1).name(), List.of(key), 4).configs());

    assertThat(config.value()).isEqualTo(value);
    assertThat(config.configSource()).isNotEqualTo(OF_TOPIC);
  }

  @Test
  void all_configs_are_told_if_none_is_named() {
    Topic topic = newTopic(1);

    assertThat(describe(TOPIC, topic.name(), null, 4).configs()).hasSizeGreaterThan(20);
    assertThat(describe(TOPIC, topic.name(), List.of("no.such"), 4).configs()).isEmpty();
  }

  @Test
  void a_topic_that_is_not_there_has_none() {
    DescribeConfigsResult told = describe(TOPIC, uniqueName("nowhere"), null, 4);

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(told.configs()).isEmpty();
  }

  @Test
  void a_brokers_config_is_told() {
    String broker = Integer.toString(cluster().brokerIds().get(0));

    DescribeConfigsResult told = describe(BROKER, broker, List.of("message.max.bytes"), 4);

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(only(told.configs()).value()).isEqualTo("1048588");
    assertThat(only(told.configs()).configSource()).isEqualTo(BY_DEFAULT);
  }

  @Test
  void a_type_of_resource_that_nobody_knows_is_invalid() {
    assertThat(error(describe((byte) 77, "x", null, 4).errorCode()))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void synonyms_are_told_if_asked_for() {
    Topic topic = newTopic(1, "retention.ms=777");
    DescribeConfigsRequest request =
        new DescribeConfigsRequest()
            .includeSynonyms(true)
            .resources(
                List.of(
                    new DescribeConfigsResource()
                        .resourceType(TOPIC)
                        .resourceName(topic.name())
                        .configurationKeys(List.of("retention.ms"))));

    DescribeConfigsResourceResult config = only(only(broker().ask(request).results()).configs());

    assertThat(config.synonyms().get(0).name()).isEqualTo("retention.ms");
    assertThat(config.synonyms().get(0).value()).isEqualTo("777");
    assertThat(config.synonyms().get(0).source()).isEqualTo(OF_TOPIC);
  }

  // ---- alter

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void each_version_sets_and_takes_back(int version) {
    Topic topic = newTopic(1);

    assertThat(alter(topic, "retention.ms", SET, "777", version)).isEqualTo(ErrorCode.NONE);
    eventually(() -> assertThat(config(topic, "retention.ms")).isEqualTo("777"));
    assertThat(alter(topic, "retention.ms", DELETE, null, version)).isEqualTo(ErrorCode.NONE);
    eventually(() -> assertThat(config(topic, "retention.ms")).isEqualTo("604800000"));
  }

  @Test
  void lists_grow_and_shrink() {
    Topic topic = newTopic(1);

    assertThat(alter(topic, "cleanup.policy", APPEND, "compact", 1)).isEqualTo(ErrorCode.NONE);
    eventually(() -> assertThat(config(topic, "cleanup.policy")).isEqualTo("delete,compact"));
    assertThat(alter(topic, "cleanup.policy", SUBTRACT, "delete", 1)).isEqualTo(ErrorCode.NONE);
    eventually(() -> assertThat(config(topic, "cleanup.policy")).isEqualTo("compact"));
  }

  @Test
  void what_is_altered_holds() {
    Topic topic = newTopic(1);
    alter(topic, "max.message.bytes", SET, "100", 1);

    eventually(
        () ->
            assertThat(error(produce(topic, TestBatch.of("x".repeat(200))).errorCode()))
                .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE));
  }

  @Test
  void altering_has_rules() {
    Topic topic = newTopic(1);

    assertThat(alter(topic, "no.such", SET, "1", 1)).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(alter(topic, "retention.ms", SET, "x", 1)).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(alter(topic, "retention.ms", APPEND, "1", 1)).isEqualTo(ErrorCode.INVALID_CONFIG);
    assertThat(alter(topic, "retention.ms", SET, null, 1)).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(alter(new Topic(uniqueName("nowhere"), NO_ID), "retention.ms", SET, "1", 1))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void validating_only_alters_nothing() {
    Topic topic = newTopic(1);

    ErrorCode validated = send(request(topic, "retention.ms", SET, "777").validateOnly(true), 1);

    assertThat(validated).isEqualTo(ErrorCode.NONE);
    assertThat(config(topic, "retention.ms")).isEqualTo("604800000");
  }

  /** Sets a config of a topic; a real broker knows it a little later. */
  static void setTopicConfig(RawConnection broker, Topic topic, String key, String value) {
    assertThat(only(broker.ask(request(topic, key, SET, value)).responses()).errorCode()).isZero();
  }

  static @Nullable String topicConfig(RawConnection broker, Topic topic, String key) {
    return only(describe(broker, TOPIC, topic.name(), List.of(key), 4).configs()).value();
  }

  private @Nullable String config(Topic topic, String key) {
    return topicConfig(broker(), topic, key);
  }

  private DescribeConfigsResult describe(
      byte type, String name, @Nullable List<String> keys, int version) {
    return describe(broker(), type, name, keys, version);
  }

  private static DescribeConfigsResult describe(
      RawConnection broker, byte type, String name, @Nullable List<String> keys, int version) {
    DescribeConfigsRequest request =
        new DescribeConfigsRequest()
            .resources(
                List.of(
                    new DescribeConfigsResource()
                        .resourceType(type)
                        .resourceName(name)
                        .configurationKeys(keys)));
    return only(broker.ask(request, version).results());
  }

  private ErrorCode alter(
      Topic topic, String key, byte operation, @Nullable String value, int version) {
    return send(request(topic, key, operation, value), version);
  }

  private ErrorCode send(IncrementalAlterConfigsRequest request, int version) {
    return error(only(broker().ask(request, version).responses()).errorCode());
  }

  private static IncrementalAlterConfigsRequest request(
      Topic topic, String key, byte operation, @Nullable String value) {
    return new IncrementalAlterConfigsRequest()
        .resources(
            List.of(
                new AlterConfigsResource()
                    .resourceType(TOPIC)
                    .resourceName(topic.name())
                    .configs(
                        List.of(
                            new AlterableConfig()
                                .name(key)
                                .configOperation(operation)
                                .value(value)))));
  }
}
