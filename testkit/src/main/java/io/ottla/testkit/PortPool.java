package io.ottla.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Hands out ports on 127.0.0.1 that nobody listens on, none of them twice before it was given back.
 * Thread: any.
 *
 * <p>Ports lie below the ranges from which the common systems take those of outgoing connections.
 * From within them, a client that keeps dialling a node that is down could take the node's port, or
 * even connect to itself.
 */
final class PortPool {
  private static final int FIRST = 12_000;
  private static final int END = 32_000;
  private static final int MAX_TRIES = 2_000;

  /** The pool of this JVM. */
  static final PortPool SHARED =
      new PortPool(() -> ThreadLocalRandom.current().nextInt(FIRST, END), PortPool::isFree);

  private final IntSupplier candidates;
  private final IntPredicate free;
  private final Set<Integer> taken = ConcurrentHashMap.newKeySet();

  PortPool(IntSupplier candidates, IntPredicate free) {
    this.candidates = candidates;
    this.free = free;
  }

  /**
   * Ports for all nodes.
   *
   * @throws KafkaServerException if a port that the settings name is in use
   */
  List<NodePorts> take(ServerSettings settings) {
    List<Integer> took = new ArrayList<>();
    try {
      List<NodePorts> nodes = new ArrayList<>();
      for (int node = 0; node < settings.nodes(); node++) {
        int wanted = settings.firstPort() == 0 ? 0 : settings.firstPort() + node;
        TreeMap<String, Integer> forClients = new TreeMap<>();
        forClients.put(KafkaServer.PLAINTEXT, wanted == 0 ? any(took) : exactly(wanted, took));
        for (String listener : settings.extraListeners().keySet()) {
          forClients.put(listener, any(took));
        }
        nodes.add(new NodePorts(forClients, any(took), any(took)));
      }
      return nodes;
    } catch (RuntimeException e) {
      release(took);
      throw e;
    }
  }

  void release(Collection<Integer> ports) {
    taken.removeAll(ports);
  }

  private int any(List<Integer> took) {
    for (int i = 0; i < MAX_TRIES; i++) {
      int port = candidates.getAsInt();
      if (taken.add(port)) {
        if (free.test(port)) {
          took.add(port);
          return port;
        }
        taken.remove(port);
      }
    }
    throw new KafkaServerException("no free port found on 127.0.0.1 in " + MAX_TRIES + " tries");
  }

  private int exactly(int port, List<Integer> took) {
    if (!taken.add(port)) {
      throw inUse(port, "by another KafkaServer of this JVM");
    }
    took.add(port);
    if (!free.test(port)) {
      throw inUse(port, "by another program");
    }
    return port;
  }

  private static KafkaServerException inUse(int port, String byWhom) {
    return new KafkaServerException(
        "port "
            + port
            + " on 127.0.0.1 is in use "
            + byWhom
            + "; stop that or choose another port(..)");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
