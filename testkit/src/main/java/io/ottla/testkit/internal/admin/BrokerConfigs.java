package io.ottla.testkit.internal.admin;

import static io.ottla.testkit.internal.admin.ConfigType.BOOLEAN;
import static io.ottla.testkit.internal.admin.ConfigType.INT;
import static io.ottla.testkit.internal.admin.ConfigType.STRING;

import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for the brokers: what a fake broker knows, and the defaults of its topics. A
 * real one tells some three hundred more.
 *
 * <p>Always: {@code min.insync.replicas} is set for the whole cluster, as it is in a cluster with
 * eligible leader replicas (KIP-966). Thread: the cluster's loop.
 */
final class BrokerConfigs {
  private static final String MIN_IN_SYNC = "min.insync.replicas";

  /** Keys that only brokers have, and that cannot be changed while they run. */
  private static final Map<String, ConfigKey> OWN =
      Stream.of(
              new ConfigKey("auto.create.topics.enable", BOOLEAN, "true"),
              new ConfigKey("broker.id", INT, "-1"),
              new ConfigKey("broker.rack", STRING, null),
              new ConfigKey("default.replication.factor", INT, "1"),
              new ConfigKey("group.consumer.heartbeat.interval.ms", INT, "5000"),
              new ConfigKey("group.consumer.max.size", INT, "2147483647"),
              new ConfigKey("group.consumer.migration.policy", STRING, "bidirectional"),
              new ConfigKey("group.consumer.session.timeout.ms", INT, "45000"),
              new ConfigKey("group.initial.rebalance.delay.ms", INT, "3000"),
              new ConfigKey("group.max.session.timeout.ms", INT, "1800000"),
              new ConfigKey("group.max.size", INT, "2147483647"),
              new ConfigKey("group.min.session.timeout.ms", INT, "6000"),
              new ConfigKey("max.incremental.fetch.session.cache.slots", INT, "1000"),
              new ConfigKey("node.id", INT, null),
              new ConfigKey("num.partitions", INT, "1"),
              new ConfigKey("offset.metadata.max.bytes", INT, "4096"),
              new ConfigKey("producer.id.expiration.check.interval.ms", INT, "600000"),
              new ConfigKey("producer.id.expiration.ms", INT, "86400000"),
              new ConfigKey("replica.selector.class", STRING, null))
          .collect(Collectors.toMap(ConfigKey::name, key -> key));

  /** Of the own ones, those that a real broker lets change. */
  private static final String DYNAMIC_OF_OWN = "producer.id.expiration.ms";

  private final Map<String, String> serverConfig;
  private final BrokerDirectory brokers;

  BrokerConfigs(Map<String, String> serverConfig, BrokerDirectory brokers) {
    this.serverConfig = serverConfig;
    this.brokers = brokers;
  }

  /** What a running broker is configured to, by name; null if there is no such broker. */
  @Nullable List<ConfigEntry> of(int brokerId) {
    BrokerAddress broker = brokers.find(brokerId);
    if (broker == null) {
      return null;
    }
    SortedMap<String, ConfigKey> keys = new TreeMap<>(OWN);
    for (ConfigKey key : TopicConfigKeys.all().values()) {
      String name = key.brokerName();
      if (name != null) {
        keys.put(name, new ConfigKey(name, key.type(), key.defaultValue()));
      }
    }
    for (String name : serverConfig.keySet()) {
      keys.computeIfAbsent(name, unknown -> new ConfigKey(unknown, ConfigType.UNKNOWN, null));
    }
    Map<String, String> own = identity(broker);
    List<ConfigEntry> entries = new ArrayList<>();
    for (ConfigKey key : keys.values()) {
      List<ConfigValue> values = values(key, own.get(key.name()));
      entries.add(
          new ConfigEntry(
              key,
              values.isEmpty() ? null : values.get(0).value(),
              values,
              OWN.containsKey(key.name()) && !key.name().equals(DYNAMIC_OF_OWN)));
    }
    return entries;
  }

  /** What is set for all brokers while they run. */
  List<ConfigEntry> ofCluster() {
    ConfigKey key = new ConfigKey(MIN_IN_SYNC, INT, "1");
    ConfigValue value = values(key, null).get(0);
    return List.of(new ConfigEntry(key, value.value(), List.of(value), false));
  }

  /** The values behind one that a topic has not set, the one that holds first. */
  List<ConfigValue> behind(ConfigKey topicKey) {
    String name = topicKey.brokerName();
    return name == null
        ? List.of()
        : values(new ConfigKey(name, topicKey.type(), topicKey.defaultValue()), null);
  }

  private List<ConfigValue> values(ConfigKey key, @Nullable String own) {
    List<ConfigValue> values = new ArrayList<>();
    String set = own == null ? serverConfig.get(key.name()) : own;
    String byDefault = key.defaultValue();
    if (key.name().equals(MIN_IN_SYNC)) {
      values.add(
          new ConfigValue(
              key.name(), set == null ? "1" : set, ConfigSource.DYNAMIC_DEFAULT_BROKER));
    }
    if (set != null && !set.equals(byDefault)) {
      values.add(new ConfigValue(key.name(), set, ConfigSource.STATIC_BROKER));
    }
    if (byDefault != null) {
      values.add(new ConfigValue(key.name(), byDefault, ConfigSource.DEFAULT));
    }
    return values;
  }

  private static Map<String, String> identity(BrokerAddress broker) {
    Map<String, String> own = new TreeMap<>();
    String id = Integer.toString(broker.id());
    own.put("broker.id", id);
    own.put("node.id", id);
    if (broker.rack() != null) {
      own.put("broker.rack", broker.rack());
    }
    return own;
  }
}
