package io.ottla.internal.cluster.metadata;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.util.random.RandomGenerator;

/**
 * What asking stands on.
 *
 * @param loop where all of it runs
 * @param clock the time
 * @param random where jitter comes from
 * @param clientId whose it is, for the log
 */
record Environment(Loop loop, Clock clock, RandomGenerator random, String clientId) {}
