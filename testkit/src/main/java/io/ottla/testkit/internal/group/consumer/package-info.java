/**
 * Groups of the consumer protocol (KIP-848): the coordinator computes the assignment, and members
 * move towards it heartbeat by heartbeat.
 *
 * <p>Who decides what: an {@link io.ottla.testkit.internal.group.consumer.Assignor} says what each
 * member is to have in the end, {@link io.ottla.testkit.internal.group.consumer.Reconciliation}
 * what it may have now.
 */
@NullMarked
package io.ottla.testkit.internal.group.consumer;

import org.jspecify.annotations.NullMarked;
