package io.ottla.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The ports on 127.0.0.1 that one node listens on.
 *
 * @param forClients by the name of the listener
 * @param internal what the nodes use among themselves; never advertised elsewhere, so that a proxy
 *     before the clients' listeners does not stand between the nodes
 */
record NodePorts(SortedMap<String, Integer> forClients, int internal, int controller) {
  /** The port of a clients' listener. */
  int of(String listener) {
    Integer port = forClients.get(listener);
    if (port == null) {
      throw new IllegalArgumentException(
          "no listener " + listener + "; there are " + forClients.keySet());
    }
    return port;
  }

  List<Integer> all() {
    List<Integer> all = new ArrayList<>(forClients.values());
    all.add(internal);
    all.add(controller);
    return all;
  }
}
