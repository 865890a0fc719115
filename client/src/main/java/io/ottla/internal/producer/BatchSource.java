package io.ottla.internal.producer;

import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition that were never sent, in order, as its lane sees them. On the loop.
 */
interface BatchSource {
  /**
   * Takes the next one that is sealed. If there is none, and the open one is ripe, that one is
   * closed to further records; it is returned if it could be sealed at once, and told by {@link
   * Sinks#onReady} later otherwise.
   *
   * @param isIdle whether nothing is in flight to the leader: makes a batch ripe that has no linger
   * @return null if there is none now
   */
  @Nullable ProducerBatch poll(boolean isIdle);

  /** Whether {@link #poll} has, or will soon have, something; without any effect. */
  boolean hasBatch(boolean isIdle);

  /** The next one that is sealed, if there is one; stays where it is. */
  @Nullable ProducerBatch peekSealed();
}
