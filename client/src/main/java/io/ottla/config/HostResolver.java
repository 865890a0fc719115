package io.ottla.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a broker's host. It is asked before every connection, so that a name that
 * moved is followed.
 *
 * <p>Thread: one of Ottla's that may wait, never a caller's and never a network thread; several may
 * ask at once. Errors: {@link UnknownHostException} if there is no such name; whatever else it
 * throws fails that attempt to connect too.
 */
@FunctionalInterface
public interface HostResolver {
  /**
   * All addresses of a host, in the order in which to try them; at least one.
   *
   * @param host a name, or an address in text
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /**
   * Asks the operating system: a name means what it means to every other program of the machine.
   */
  static HostResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
