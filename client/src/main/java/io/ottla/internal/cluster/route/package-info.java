/**
 * Who must answer a request, how it is taken apart and put together again, and what follows from an
 * error.
 *
 * <p>Door: {@code RequestKind}. Pure: no connection, no thread, no clock.
 */
@NullMarked
package io.ottla.internal.cluster.route;

import org.jspecify.annotations.NullMarked;
