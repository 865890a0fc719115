/**
 * What writing to and reading from one broker takes beyond a link: batches, topic ids, results.
 *
 * <p>Doors: {@link io.ottla.internal.broker.Producing} and {@link
 * io.ottla.internal.broker.Fetching}. Building requests and reading responses are pure functions
 * beside them.
 */
@NullMarked
package io.ottla.internal.broker;

import org.jspecify.annotations.NullMarked;
