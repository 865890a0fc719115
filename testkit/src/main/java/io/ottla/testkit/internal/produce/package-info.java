/**
 * What brokers do with requests that write to logs, or ask where things are in them.
 *
 * <p>Door: the handlers.
 */
@NullMarked
package io.ottla.testkit.internal.produce;

import org.jspecify.annotations.NullMarked;
