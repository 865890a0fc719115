package io.ottla.testkit.fake;

import java.time.Instant;

/**
 * What a broker finds in a token that it believes.
 *
 * @param principal whose it is
 * @param expiresAt until when, by the cluster's clock; sessions do not last longer
 */
public record BearerToken(String principal, Instant expiresAt) {}
