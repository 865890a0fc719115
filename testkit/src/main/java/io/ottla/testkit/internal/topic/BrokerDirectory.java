package io.ottla.testkit.internal.topic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The brokers of the cluster, as metadata tells of them. Thread: the cluster's loop. */
public interface BrokerDirectory {
  /** A broker that runs, or null. */
  @Nullable BrokerAddress find(int brokerId);

  /** The brokers that run, by id. */
  List<BrokerAddress> alive();

  /** The ids of the brokers that belong to the cluster, whether they run or not. */
  default List<Integer> registered() {
    return alive().stream().map(BrokerAddress::id).toList();
  }

  /** The id that Metadata names as the controller's. */
  int controllerId();

  /** The cluster's id. */
  String clusterId();

  /** Whether a broker runs. */
  default boolean isAlive(int brokerId) {
    return find(brokerId) != null;
  }

  /**
   * Where clients find a broker.
   *
   * @param id the broker's
   * @param host as it is advertised
   * @param port as it is advertised
   * @param rack null if it has none
   */
  record BrokerAddress(int id, String host, int port, @Nullable String rack) {}
}
