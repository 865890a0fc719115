package io.ottla.testkit.internal.admin;

import io.ottla.testkit.internal.log.LogSettings;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.loop.ManualTimers;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Topics, three brokers, and the handlers under test. */
final class FakeAdmin implements BrokerDirectory {
  private final ManualTimers timers = new ManualTimers();
  private final TreeMap<Integer, BrokerAddress> running = new TreeMap<>();
  private final List<Integer> registered = new ArrayList<>();

  final Topics topics = new Topics(config -> new PartitionLog(timers, LogSettings.DEFAULTS));
  final Administration handlers;

  FakeAdmin(Map<String, String> serverConfig) {
    for (int id = 1; id <= 3; id++) {
      registered.add(id);
      start(id);
    }
    handlers = new Administration(topics, this, serverConfig);
  }

  FakeAdmin() {
    this(Map.of());
  }

  void stop(int brokerId) {
    running.remove(brokerId);
  }

  void start(int brokerId) {
    running.put(brokerId, new BrokerAddress(brokerId, "localhost", 9000 + brokerId, null));
  }

  @Override
  public @Nullable BrokerAddress find(int brokerId) {
    return running.get(brokerId);
  }

  @Override
  public List<BrokerAddress> alive() {
    return List.copyOf(running.values());
  }

  @Override
  public List<Integer> registered() {
    return registered;
  }

  @Override
  public int controllerId() {
    return 1;
  }

  @Override
  public String clusterId() {
    return "a cluster";
  }
}
