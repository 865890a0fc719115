package io.ottla.internal.cluster.metadata;

import java.util.List;

/** Hears of each new snapshot. */
public interface MetadataListener {
  /**
   * {@code Metadata.view()} is another one. On the cluster's loop: must neither block nor run code
   * of users.
   *
   * @param changes the partitions that are different; empty if the snapshot only confirms, or only
   *     brokers are different
   */
  void onChange(ClusterView now, List<PartitionChange> changes);
}
