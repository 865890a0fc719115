package io.ottla.testkit.fake;

import io.ottla.testkit.internal.broker.ClusterSettings;
import io.ottla.testkit.internal.broker.ClusterSettings.NewBroker;
import io.ottla.testkit.internal.broker.ServerConfig;
import io.ottla.testkit.internal.loop.Clock;
import io.ottla.testkit.internal.loop.ManualTime;
import io.ottla.testkit.internal.loop.RunningTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeCluster} is to be like. Not thread-safe. */
public final class FakeClusterBuilder {
  private record WantedTopic(String name, int partitions) {}

  private final List<WantedTopic> topics = new ArrayList<>();
  private final Map<String, String> config = new LinkedHashMap<>();
  private int brokers = 1;
  private List<String> racks = List.of();
  private String clusterId = "fake-cluster-of-ottla1";
  private KafkaRelease release = KafkaRelease.newest();
  private boolean hasManualClock;

  FakeClusterBuilder() {}

  /**
   * How many brokers it begins with; their ids are 1, 2, 3 …
   *
   * @param count at least 1; default 1
   * @return this
   */
  public FakeClusterBuilder brokers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a cluster of " + count + " brokers");
    }
    brokers = count;
    return this;
  }

  /**
   * The racks of its brokers, which makes as many brokers as racks. Consumers that name theirs are
   * sent to a replica there (KIP-392).
   *
   * @param names of broker 1, 2, 3 …
   * @return this
   */
  public FakeClusterBuilder racks(String... names) {
    racks = List.of(names);
    return brokers(names.length);
  }

  /**
   * A topic that is there from the start. Its partitions have a replica on each broker, up to
   * three.
   *
   * @param name its name
   * @param partitions how many
   * @return this
   */
  public FakeClusterBuilder topic(String name, int partitions) {
    topics.add(new WantedTopic(name, partitions));
    return this;
  }

  /**
   * A config of all brokers.
   *
   * @param key by Kafka's name, such as {@code auto.create.topics.enable}
   * @param value as Kafka writes it
   * @return this
   * @throws IllegalArgumentException if a fake broker has no such config; the message names all
   */
  public FakeClusterBuilder config(String key, String value) {
    config.put(key, value);
    new ServerConfig(config);
    return this;
  }

  /**
   * Makes its brokers look like those of a release of Kafka: they offer that release's versions of
   * each API.
   *
   * @param like which; default the newest
   * @return this
   */
  public FakeClusterBuilder release(KafkaRelease like) {
    release = like;
    return this;
  }

  /**
   * The id by which clients know the cluster.
   *
   * @param id any text; default the same for all
   * @return this
   */
  public FakeClusterBuilder clusterId(String id) {
    clusterId = Objects.requireNonNull(id, "id");
    return this;
  }

  /**
   * Lets the cluster's time stand still until the test moves it; see {@link FakeCluster#clock}.
   *
   * @return this
   */
  public FakeClusterBuilder manualClock() {
    hasManualClock = true;
    return this;
  }

  /**
   * Starts it.
   *
   * @return a cluster whose brokers accept connections
   */
  public FakeCluster start() {
    Clock clock = hasManualClock ? new ManualTime(System.currentTimeMillis()) : new RunningTime();
    Interceptions interceptions = new Interceptions();
    ClusterSettings settings =
        new ClusterSettings(
            clusterId,
            newBrokers(),
            new ServerConfig(config),
            release.versions(),
            clock,
            interceptions);
    FakeCluster cluster = FakeCluster.start(settings, interceptions);
    try {
      topics.forEach(topic -> cluster.createTopic(topic.name, topic.partitions));
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private List<NewBroker> newBrokers() {
    if (!racks.isEmpty() && racks.size() != brokers) {
      throw new IllegalArgumentException(
          "%d brokers with %d racks %s".formatted(brokers, racks.size(), racks));
    }
    NewBroker[] all = new NewBroker[brokers];
    Arrays.setAll(all, i -> new NewBroker(i + 1, rack(i), 0));
    return List.of(all);
  }

  private @Nullable String rack(int index) {
    return racks.isEmpty() ? null : racks.get(index);
  }
}
