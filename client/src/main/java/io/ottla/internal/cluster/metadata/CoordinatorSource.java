package io.ottla.internal.cluster.metadata;

import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;

/** Whoever can ask some broker who coordinates what. As {@link MetadataSource}. */
public interface CoordinatorSource {
  /**
   * Asks one broker, once. On the cluster's loop; the reply comes on it, at once or later.
   *
   * @param request can be written in any version: up to 3 it asks for its key, from 4 on for all of
   *     its coordinator keys, of which that is the first. Must not be changed. Version 0 can ask
   *     for groups only: whoever would write another type in it fails instead
   * @param timeoutNanos how long this attempt may take
   */
  void ask(FindCoordinatorRequest request, long timeoutNanos, Reply<FindCoordinatorResponse> reply);

  /** As {@link MetadataSource#attemptsSince}. */
  String attemptsSince(long sinceNanos);
}
