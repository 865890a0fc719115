package io.ottla.internal.cluster.metadata;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;

/**
 * A partition as metadata describes it.
 *
 * @param index its number
 * @param leader the leader's id; −1 if none is known
 * @param leaderEpoch the leader's epoch; −1 if the broker does not say
 * @param replicas the brokers that have it
 * @param inSync those of them that are in sync
 * @param offline those of them that are down
 * @param error what the broker said of it
 */
public record PartitionView(
    int index,
    int leader,
    int leaderEpoch,
    List<Integer> replicas,
    List<Integer> inSync,
    List<Integer> offline,
    ErrorCode error) {}
