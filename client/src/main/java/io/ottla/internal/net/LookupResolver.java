package io.ottla.internal.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Asks the operating system, on a thread that may wait: so a name means here what it means to every
 * other program of the machine (hosts file, search domains, name service switch).
 */
final class SystemResolver implements Resolver {
  private final Executor lookups;

  SystemResolver(Executor lookups) {
    this.lookups = lookups;
  }

  @Override
  public CompletableFuture<List<InetAddress>> resolve(String host) {
    return CompletableFuture.supplyAsync(() -> lookUp(host), lookups);
  }

  private static List<InetAddress> lookUp(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException unknown) {
      throw new CompletionException(unknown);
    }
  }
}
