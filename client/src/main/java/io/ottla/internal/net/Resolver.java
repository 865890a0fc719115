package io.ottla.internal.net;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the addresses of a host without making the caller wait. */
interface Resolver {
  /** All addresses, in the order to try them; fails if the name is unknown. */
  CompletableFuture<List<InetAddress>> resolve(String host);
}
