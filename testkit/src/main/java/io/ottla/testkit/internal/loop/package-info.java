/**
 * The one thread of a fake cluster, and the time that it lives by.
 *
 * <p>Door: {@link io.ottla.testkit.internal.loop.Loop}.
 */
@NullMarked
package io.ottla.testkit.internal.loop;

import org.jspecify.annotations.NullMarked;
