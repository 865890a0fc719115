/**
 * Brokers as lazy asynchronous round trippers, and the way of any request to whoever must answer
 * it.
 *
 * <p>Door: {@code Routing}.
 */
@NullMarked
package io.ottla.internal.cluster;

import org.jspecify.annotations.NullMarked;
