package io.ottla.internal.cluster.metadata;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The brokers of a cluster, in arrays by id, its name, and its controller. Immutable. */
final class Brokers {
  static final Brokers NONE = new Brokers(null, Map.of(), PartitionView.NONE, 0);

  private final @Nullable String clusterId;
  private final int[] ids; // rising
  private final BrokerNode[] nodes;
  private final int controller;
  private final long controllerGeneration;

  private Brokers(
      @Nullable String clusterId,
      Map<Integer, BrokerNode> byId,
      int controller,
      long controllerGeneration) {
    this.clusterId = clusterId;
    this.controller = controller;
    this.controllerGeneration = controllerGeneration;
    nodes = new TreeMap<>(byId).values().toArray(new BrokerNode[0]);
    ids = Arrays.stream(nodes).mapToInt(BrokerNode::id).toArray();
  }

  @Nullable String clusterId() {
    return clusterId;
  }

  /** The controller's id; −1 if none is known. */
  int controller() {
    return controller;
  }

  /** That of the snapshot in which the controller last changed. */
  long controllerGeneration() {
    return controllerGeneration;
  }

  boolean isEmpty() {
    return ids.length == 0;
  }

  List<BrokerNode> all() {
    return Collections.unmodifiableList(Arrays.asList(nodes));
  }

  @Nullable BrokerNode find(int id) {
    int at = Arrays.binarySearch(ids, id);
    return at >= 0 ? nodes[at] : null;
  }

  /** Others in their place. */
  Brokers listed(@Nullable String ofCluster, Map<Integer, BrokerNode> byId) {
    return new Brokers(ofCluster, byId, controller, controllerGeneration);
  }

  /** The same brokers, and some more or in other places. */
  Brokers plus(List<BrokerNode> more) {
    Map<Integer, BrokerNode> byId = new TreeMap<>();
    for (BrokerNode node : nodes) {
      byId.put(node.id(), node);
    }
    for (BrokerNode node : more) {
      byId.put(node.id(), node);
    }
    return listed(clusterId, byId);
  }

  Brokers controlledBy(int id, long generation) {
    return id == controller ? this : new Brokers(clusterId, asMap(), id, generation);
  }

  private Map<Integer, BrokerNode> asMap() {
    Map<Integer, BrokerNode> byId = new TreeMap<>();
    for (BrokerNode node : nodes) {
      byId.put(node.id(), node);
    }
    return byId;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Brokers that
        && Arrays.equals(nodes, that.nodes)
        && controller == that.controller
        && Objects.equals(clusterId, that.clusterId);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nodes);
  }

  @Override
  public String toString() {
    return "cluster "
        + clusterId
        + ", brokers "
        + Arrays.toString(nodes)
        + ", controller "
        + controller;
  }
}
