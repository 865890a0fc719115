package io.ottla.internal.cluster.metadata;

import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;

/**
 * Whoever can ask some broker about the cluster: one that is known, or one of the bootstrap list.
 */
public interface MetadataSource {
  /**
   * Asks one broker, once; which one, the source decides, another after a failure. On the cluster's
   * loop; the reply comes on it.
   *
   * @param timeoutNanos how long this attempt may take
   */
  void ask(MetadataRequest request, long timeoutNanos, Reply<MetadataResponse> reply);
}
