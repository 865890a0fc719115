package io.ottla.testkit;

import java.net.InetSocketAddress;

/**
 * Chooses the address that a node tells clients to connect to, for example that of a proxy before
 * it.
 */
@FunctionalInterface
public interface AdvertisedAddress {
  /**
   * The address to tell. Called before the nodes start, for each node and listener; called again
   * with other ports if a port was taken by someone else in the meantime.
   *
   * @param nodeId 1 for the first node
   * @param listener the name of the listener, {@link KafkaServer#PLAINTEXT} for the one that is
   *     always there
   * @param port the port on 127.0.0.1 that the node will listen on
   * @return host and port; the host is passed on as it was written, not resolved
   */
  InetSocketAddress of(int nodeId, String listener, int port);
}
