/**
 * What all clients of a process share: event loops, callback threads, the clock.
 *
 * <p>Door: {@link io.ottla.internal.runtime.SharedRuntime}. The only package that starts threads.
 */
@NullMarked
package io.ottla.internal.runtime;

import org.jspecify.annotations.NullMarked;
