/**
 * The brokers of a fake cluster, and what holds them together.
 *
 * <p>Door: {@link io.ottla.testkit.internal.broker.Cluster}.
 */
@NullMarked
package io.ottla.testkit.internal.broker;

import org.jspecify.annotations.NullMarked;
