package io.ottla.internal.cluster.metadata;

/**
 * Who coordinates a group or a transactional id.
 *
 * @param broker the broker, where it said that it listens
 * @param generation grows with each lookup; what a complaint names
 */
public record Coordinator(BrokerNode broker, long generation) {}
