package io.ottla.internal.cluster;

import io.ottla.internal.runtime.Backoff;

/**
 * How requests are tried.
 *
 * @param clientId the client's name, for messages
 * @param attemptNanos how long one attempt of a request that may be repeated waits for its answer
 * @param backoff between attempts
 * @param retries how often a request is tried again; −1: until its time is over
 */
record RoutingSettings(String clientId, long attemptNanos, Backoff backoff, int retries) {}
