package io.ottla.admin;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster as one of its brokers sees it.
 *
 * @param id its id; empty of brokers before 0.10.1
 * @param controller the id of the broker that takes what is meant for the controller; empty if
 *     there is none now, or of brokers before 0.10
 * @param brokers those that are up, by id
 * @param features by name; empty of brokers before 2.7
 */
public record ClusterDescription(
    Optional<String> id,
    OptionalInt controller,
    List<Broker> brokers,
    SortedMap<String, Feature> features) {
  /** Copies list and map. */
  public ClusterDescription {
    brokers = List.copyOf(brokers);
    features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
  }

  /**
   * A broker.
   *
   * @param id its id
   * @param host the host that it advertises
   * @param port the port that it advertises
   * @param rack its rack, if it says one
   */
  public record Broker(int id, String host, int port, Optional<String> rack) {}

  /**
   * Something that a cluster as a whole can do from some level on.
   *
   * @param level the level that is switched on; 0 for off
   * @param highest the highest level that the asked broker could do
   */
  public record Feature(int level, int highest) {}
}
