package io.ottla.internal.producer;

import io.ottla.internal.cluster.ClusterFloor;

/**
 * What the sinks and lanes of one producer share.
 *
 * @param floor the cluster
 * @param settings the producer's
 * @param ends where batches end
 * @param home where movable batches may go
 * @param memory what batches that are made here are charged to
 * @param meter counts
 * @param ids the producer's numbers
 * @param deadlines when to look at which lane
 * @param absence whether any broker can be reached
 * @param sinks finds a leader's sink
 */
record Grounds(
    ClusterFloor floor,
    ProducerSettings settings,
    BatchEnds ends,
    Sinks.Home home,
    Memory memory,
    ProducerMeter meter,
    ProducerIds ids,
    Deadlines deadlines,
    Absence absence,
    Sinks sinks) {
  long nanoTime() {
    return floor.clock().nanoTime();
  }
}
