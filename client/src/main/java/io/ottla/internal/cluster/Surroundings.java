package io.ottla.internal.cluster;

import io.ottla.internal.cluster.metadata.Coordinators;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;

/**
 * What requests of one cluster stand on. All of it lives on the loop.
 *
 * @param loop the cluster's
 * @param clock the time
 * @param metadata what the cluster looks like
 * @param coordinators who coordinates what
 * @param pool the links
 * @param anyBroker whoever can be asked
 * @param settings how long, how often
 */
record Surroundings(
    Loop loop,
    Clock clock,
    Metadata metadata,
    Coordinators coordinators,
    BrokerPool pool,
    AnyBroker anyBroker,
    RoutingSettings settings) {}
