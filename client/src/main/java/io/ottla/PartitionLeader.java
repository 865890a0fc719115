package io.ottla;

/**
 * Who leads a partition.
 *
 * @param broker the leader
 * @param epoch its epoch, which grows with each election; −1 if the broker is too old to say
 */
public record PartitionLeader(ClusterBroker broker, int epoch) {}
