/**
 * What brokers do with requests that write to logs, or ask where things are in them.
 *
 * <p>Door: {@link io.ottla.testkit.internal.produce.LogRequests}.
 */
@NullMarked
package io.ottla.testkit.internal.produce;

import org.jspecify.annotations.NullMarked;
