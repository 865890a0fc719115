package io.ottla.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.scenario.Scenario;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OptionTableTest {
  private static final List<Class<?>> KEYS =
      List.of(
          ConnectionKeys.class,
          MetadataKeys.class,
          ProducerKeys.class,
          SecurityKeys.class,
          SaslKeys.class);

  @Test
  void every_option_that_is_declared_is_in_the_table() throws IllegalAccessException {
    List<Object> declared = new ArrayList<>();
    for (Class<?> keys : KEYS) {
      for (var field : keys.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == Option.class) {
          declared.add(field.get(null));
        }
      }
    }

    assertThat(declared).hasSizeGreaterThan(20).hasSameElementsAs(OptionTable.EVERYTHING);
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void a_name_means_one_thing_to_one_client(Scope scope) {
    Map<String, Option<?>> names = new HashMap<>();
    for (Option<?> option : OptionTable.EVERYTHING) {
      if (scope.includes(option.scope())) {
        option
            .everyName()
            .forEach(
                alias -> {
                  Option<?> other = names.put(alias.name(), option);
                  assertThat(other).as(alias.name()).isIn(null, option);
                });
      }
    }
  }

  @Test
  void defaults_are_accepted_and_can_be_written_as_they_are_shown() {
    for (Option<?> option : OptionTable.EVERYTHING) {
      assertThat(option.doc()).as(option.name()).endsWith(".");
      assertThat(option.reason()).as(option.name()).isNotEmpty();
      checkFallback(option);
    }
  }

  private static <T> void checkFallback(Option<T> option) {
    option
        .fallback()
        .ifPresent(
            value -> {
              assertThat(option.type().accepts(value)).as(option.name()).isTrue();
              assertThat(option.type().read(option.type().show(value)))
                  .as(option.name())
                  .isEqualTo(value);
            });
  }

  @Test
  @Scenario("L4")
  void every_key_of_kafkas_clients_is_known() {
    Set<String> kafka = new TreeSet<>(AdminClientConfig.configNames());
    kafka.addAll(ProducerConfig.configNames());
    kafka.addAll(ConsumerConfig.configNames());
    Arrays.stream(CommonClientConfigs.class.getFields())
        .filter(field -> field.getName().endsWith("_CONFIG") && field.getType() == String.class)
        .forEach(field -> kafka.add(constant(field)));

    assertThat(kafka).hasSizeGreaterThan(130);
    assertThat(kafka).allMatch(OptionTableTest::isKnown, "is an option, or understood");
  }

  @Test
  @Scenario("L4")
  void every_property_of_librdkafka_is_known() {
    Set<String> librdkafka = LibrdkafkaProperties.names();

    assertThat(librdkafka).hasSizeGreaterThan(140);
    assertThat(librdkafka).allMatch(OptionTableTest::isKnown, "is an option, or understood");
  }

  @Test
  void what_is_an_option_is_not_said_to_be_of_no_use() {
    Set<String> both = new TreeSet<>(UnusedKeys.names());
    both.removeIf(name -> OptionTable.PRODUCER.find(name) == null);

    assertThat(both).isEmpty();
  }

  @Test
  void keys_are_found_by_what_they_begin_with() {
    assertThat(OptionTable.CLUSTER.unused("schema.registry.url")).isNotNull();
    assertThat(OptionTable.CLUSTER.unused("config.providers.vault.param.uri")).isNotNull();
    assertThat(OptionTable.CLUSTER.unused("schema")).isNull();
  }

  private static boolean isKnown(String name) {
    return isKnown(OptionTable.CLUSTER, name)
        && isKnown(OptionTable.BROKER, name)
        && isKnown(OptionTable.PRODUCER, name)
        && isKnown(OptionTable.TOPIC, name);
  }

  private static boolean isKnown(OptionTable table, String name) {
    return table.find(name) != null || table.unused(name) != null;
  }

  private static String constant(java.lang.reflect.Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
