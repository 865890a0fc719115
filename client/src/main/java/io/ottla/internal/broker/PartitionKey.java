package io.ottla.internal.broker;

/**
 * A partition as the key of a map.
 *
 * @param topic the topic
 * @param partition the partition
 */
record PartitionKey(String topic, int partition) {}
