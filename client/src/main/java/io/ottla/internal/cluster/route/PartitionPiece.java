package io.ottla.internal.cluster.route;

/**
 * One partition of a request.
 *
 * @param topic the request's topic that it stands in
 * @param partition what the request says of it
 * @param target who leads it
 * @param <T> the type of the request's topics
 * @param <X> the type of their partitions
 */
record PartitionPiece<T, X>(T topic, X partition, Target.Leader target) {}
