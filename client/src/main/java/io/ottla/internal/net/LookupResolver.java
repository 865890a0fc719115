package io.ottla.internal.net;

import io.ottla.config.HostResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Asks a resolver that blocks, the user's or the system's, on threads that may wait. */
final class LookupResolver implements Resolver {
  private final HostResolver hosts;
  private final Executor lookups;

  LookupResolver(HostResolver hosts, Executor lookups) {
    this.hosts = hosts;
    this.lookups = lookups;
  }

  @Override
  public CompletableFuture<List<InetAddress>> resolve(String host) {
    return CompletableFuture.supplyAsync(() -> lookUp(host), lookups);
  }

  private List<InetAddress> lookUp(String host) {
    try {
      List<InetAddress> addresses = List.copyOf(hosts.resolve(host));
      if (addresses.isEmpty()) {
        throw new UnknownHostException(host + ": the resolver knows no address");
      }
      return addresses;
    } catch (UnknownHostException unknown) {
      throw new CompletionException(unknown);
    }
  }
}
