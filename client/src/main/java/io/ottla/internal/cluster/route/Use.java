package io.ottla.internal.cluster.route;

/**
 * What a connection is used for. Each use has its own to a broker, so that a long poll or a join
 * that waits for others holds up nothing else.
 */
public enum Use {
  /** Records on their way out. */
  PRODUCE,
  /** Records on their way in. */
  FETCH,
  /** Membership and commits. */
  GROUP,
  /** All else. */
  OTHER
}
