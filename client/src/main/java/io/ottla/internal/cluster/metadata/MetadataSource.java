package io.ottla.internal.cluster.metadata;

import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;

/**
 * Whoever can ask some broker about the cluster: one that is known, or, if none is, one of the
 * bootstrap list.
 */
public interface MetadataSource {
  /**
   * Asks one broker, once; which one, the source decides, another after a failure. On the cluster's
   * loop; the reply comes on it, at once or later.
   *
   * <p>Topics null means all of them, and none means only brokers; in version 0, where that cannot
   * be said, none means all.
   *
   * <p>A failure that is retriable, a time that ran out and a peer that speaks something else are
   * followed by another question after a while; any other ends all who wait.
   *
   * @param timeoutNanos how long this attempt may take
   */
  void ask(MetadataRequest request, long timeoutNanos, Reply<MetadataResponse> reply);

  /**
   * Whom it tried since then, how often, and what came of it, in words; empty if nobody. On the
   * cluster's loop.
   */
  String attemptsSince(long sinceNanos);
}
