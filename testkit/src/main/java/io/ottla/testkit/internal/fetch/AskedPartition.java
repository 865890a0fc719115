package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchRequest.FetchPartition;
import org.jspecify.annotations.Nullable;

/**
 * A partition that somebody wants to read.
 *
 * @param topic its topic's name; null if the id was not known when it was looked up
 * @param asked from where, how much, and what the reader believes
 */
record AskedPartition(PartitionKey key, @Nullable String topic, FetchPartition asked) {}
