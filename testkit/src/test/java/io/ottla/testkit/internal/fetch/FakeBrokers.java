package io.ottla.testkit.internal.fetch;

import io.ottla.testkit.internal.topic.BrokerDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Brokers 1, 2 and 3, in racks a, b and b. */
final class FakeBrokers implements BrokerDirectory {
  private final Map<Integer, BrokerAddress> running = new TreeMap<>();

  FakeBrokers() {
    running.put(1, new BrokerAddress(1, "host1", 9001, "a"));
    running.put(2, new BrokerAddress(2, "host2", 9002, "b"));
    running.put(3, new BrokerAddress(3, "host3", 9003, "b"));
  }

  void stop(int brokerId) {
    running.remove(brokerId);
  }

  void move(int brokerId, String rack) {
    running.put(brokerId, new BrokerAddress(brokerId, "host" + brokerId, 9000 + brokerId, rack));
  }

  @Override
  public @Nullable BrokerAddress find(int brokerId) {
    return running.get(brokerId);
  }

  @Override
  public List<BrokerAddress> alive() {
    return new ArrayList<>(running.values());
  }

  @Override
  public int controllerId() {
    return 1;
  }

  @Override
  public String clusterId() {
    return "test";
  }
}
