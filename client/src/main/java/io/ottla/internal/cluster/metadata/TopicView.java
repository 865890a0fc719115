package io.ottla.internal.cluster.metadata;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import java.util.UUID;

/**
 * A topic as metadata describes it. Immutable.
 *
 * @param name its name
 * @param id its id; all zero if the brokers have none for it
 * @param isInternal whether it is the cluster's own
 * @param error what the broker said of it as a whole
 * @param partitions by number, without gaps
 * @param generation of the snapshot in which its state was last confirmed or changed
 * @param loadedNanos when that was
 */
public record TopicView(
    String name,
    UUID id,
    boolean isInternal,
    ErrorCode error,
    List<PartitionView> partitions,
    long generation,
    long loadedNanos) {}
