package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.wire.Connection;
import io.ottla.testkit.internal.wire.Listener;
import io.ottla.testkit.internal.wire.TlsServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One broker of a fake cluster: its port, the versions that it speaks, and whether it serves.
 *
 * <p>Owns: its listener. Thread: the cluster's loop. Always: it keeps its port as long as it
 * belongs to the cluster.
 */
public final class BrokerNode {
  private final int id;
  private final @Nullable String rack;
  private final Listener listener;
  private final ServedVersions versions;
  private final Throttle throttle;
  private final @Nullable TlsServer tls;

  private BrokerState state = BrokerState.RUNNING;
  private @Nullable BrokerAddress advertised;

  BrokerNode(
      int id,
      @Nullable String rack,
      Listener listener,
      ServedVersions versions,
      Throttle throttle,
      @Nullable TlsServer tls) {
    this.id = id;
    this.rack = rack;
    this.listener = listener;
    this.versions = versions;
    this.throttle = throttle;
    this.tls = tls;
  }

  /** Its number. */
  public int id() {
    return id;
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return listener.port();
  }

  /** Where clients find it, as metadata tells. */
  public BrokerAddress address() {
    BrokerAddress told = advertised;
    return told == null ? new BrokerAddress(id, "127.0.0.1", port(), rack) : told;
  }

  /** Tells clients another address than its own, as behind a proxy. */
  public void advertise(String host, int port) {
    advertised = new BrokerAddress(id, host, port, rack);
  }

  /** The versions that it speaks. */
  public ServedVersions versions() {
    return versions;
  }

  /** How it speaks TLS; null if it does not. */
  public @Nullable TlsServer tls() {
    return tls;
  }

  /** How it slows down its clients. */
  public Throttle throttle() {
    return throttle;
  }

  /** Whether it serves. */
  public BrokerState state() {
    return state;
  }

  /** The connections that are open, oldest first. */
  public List<Connection> connections() {
    return listener.connections();
  }

  /** Closes all connections; new ones are welcome. */
  public void closeConnections(boolean withReset) {
    listener.closeConnections(withReset, "a test closed it");
  }

  /** Refuses new connections, or no longer. */
  public void refuseConnections(boolean refused) {
    if (refused) {
      listener.shut();
    } else if (state == BrokerState.RUNNING) {
      listener.reopen();
    }
  }

  void moveTo(BrokerState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "broker %d may not go from %s to %s".formatted(id, state, next));
    }
    state = next;
    switch (next) {
      case RUNNING -> listener.reopen();
      case STOPPED -> {
        listener.shut();
        listener.closeConnections(false, "the broker stopped");
      }
      case REMOVED -> listener.close();
    }
  }

  void close() {
    listener.close();
  }

  @Override
  public String toString() {
    return "broker " + id;
  }
}
