/**
 * What can go wrong, sorted by what the caller can do about it.
 *
 * <p>Door: {@link io.ottla.error.OttlaException}. Exceptions that end a future carry no stack trace
 * of their own: the place where they arose is a network thread that tells nobody anything, and
 * {@code join()} wraps them with the trace of whoever waits.
 */
@NullMarked
package io.ottla.error;

import org.jspecify.annotations.NullMarked;
