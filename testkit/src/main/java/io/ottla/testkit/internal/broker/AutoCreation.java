package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Placement;
import io.ottla.testkit.internal.topic.Topics;
import java.util.List;
import java.util.Map;

/**
 * Creates topics that somebody asked for and that do not exist. As with Kafka, whoever asked is
 * told that the topic is unknown, and finds it when asking again.
 */
final class AutoCreation {
  private final Timers timers;
  private final Topics topics;
  private final BrokerDirectory brokers;
  private final ServerConfig config;

  AutoCreation(Timers timers, Topics topics, BrokerDirectory brokers, ServerConfig config) {
    this.timers = timers;
    this.topics = topics;
    this.brokers = brokers;
    this.config = config;
  }

  /** Creates a topic of a legal name soon, if the brokers' configuration allows it. */
  void create(String name) {
    if (config.flag("auto.create.topics.enable")) {
      timers.schedule(0, () -> createNow(name));
    }
  }

  private void createNow(String name) {
    List<Integer> alive = brokers.alive().stream().map(BrokerAddress::id).toList();
    int factor = (int) config.number("default.replication.factor");
    if (topics.find(name) == null && alive.size() >= factor) {
      int partitions = (int) config.number("num.partitions");
      topics.create(name, Placement.spread(alive, partitions, factor, 0), Map.of());
    }
  }
}
