package io.ottla.testkit.proxy;

/**
 * What a proxy has done so far.
 *
 * @param accepted connections that were accepted since the proxy began
 * @param open those of them that are not closed
 * @param toBroker what went from clients to the broker
 * @param toClient what went from the broker to clients
 */
public record ProxyCounters(long accepted, int open, Flow toBroker, Flow toClient) {
  /** Bytes that passed through, both ways. */
  public long passed() {
    return toBroker.passed() + toClient.passed();
  }
}
