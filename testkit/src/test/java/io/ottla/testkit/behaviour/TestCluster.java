package io.ottla.testkit.behaviour;

import java.net.InetSocketAddress;
import java.util.List;

/** What the suite runs on: a real Kafka or the fake one. */
interface TestCluster {
  /** A class whose nested classes run on its cluster. */
  interface Owner {
    TestCluster cluster();
  }

  /** The brokers' ids, ascending. */
  List<Integer> brokerIds();

  /** Where a broker listens. */
  InetSocketAddress address(int brokerId);

  /** Stops a broker in order and starts it again; returns when it answers. */
  void restart(int brokerId);

  /** Stops a broker in order; returns when it is gone. */
  void stop(int brokerId);

  /** Ends a broker as {@code kill -9} does. */
  void kill(int brokerId);

  /** Starts a broker that was stopped or killed; returns when it answers. */
  void start(int brokerId);

  /** Makes another replica, which is in sync, the leader of a partition. */
  void moveLeader(String topic, int partition, int toBroker);

  /** Whether this difference is to be seen here, that is, whether it is the fake. */
  boolean has(Difference difference);
}
