package io.ottla.testkit.proxy;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One connection that a client made to a {@link FaultProxy}. Faults staged on it meet no other.
 *
 * <p>What it says is true at the moment of asking; of a connection that is closed, and of one whose
 * proxy is closed, it says what was true last. Faults on a closed connection do nothing. Thread:
 * any.
 */
public final class ProxiedConnection extends Faults {
  private final Link link;
  private final ProxyLoop loop;

  ProxiedConnection(Link link, ProxyLoop loop) {
    this.link = link;
    this.loop = loop;
  }

  /** The proxy's first connection is number 1, and no number is used again. */
  public long number() {
    return link.number();
  }

  /** The client's port: what its {@code Socket.getLocalPort()} says. */
  public int clientPort() {
    return link.clientAddress().getPort();
  }

  /** Where it stands. */
  public ConnectionState state() {
    return loop.ask(link::state);
  }

  /** What ended it, or began to: a side that has closed its half counts. */
  public ConnectionEnd end() {
    return loop.ask(link::end);
  }

  /**
   * What went through it in one direction.
   *
   * @param direction not {@link Direction#BOTH}
   */
  public Flow flow(Direction direction) {
    return loop.ask(() -> link.flow(direction));
  }

  /** Number, client's port, state and flow, for a test that failed. */
  @Override
  public String toString() {
    return loop.ask(
        () ->
            "connection %d from port %d: %s, %s; to broker %s, to client %s"
                .formatted(
                    link.number(),
                    link.clientAddress().getPort(),
                    link.state(),
                    link.end(),
                    link.flow(Direction.TO_BROKER),
                    link.flow(Direction.TO_CLIENT)));
  }

  @Override
  ProxyLoop loop() {
    return loop;
  }

  @Override
  void eachLink(Consumer<Link> action) {
    if (isOpen()) {
      action.accept(link);
    }
  }

  @Override
  void reshape(Direction direction, UnaryOperator<Shape> change) {
    if (isOpen()) {
      link.reshape(direction, change);
    }
  }

  @Override
  void arm(Tripwire tripwire) {
    if (isOpen()) {
      link.arm(tripwire);
    }
  }

  @Override
  void mend() {
    link.mend();
  }

  private boolean isOpen() {
    return link.state() != ConnectionState.CLOSED;
  }
}
