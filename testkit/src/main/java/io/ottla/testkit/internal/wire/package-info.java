/** Requests as they come over sockets, and the way of their answers back. */
@NullMarked
package io.ottla.testkit.internal.wire;

import org.jspecify.annotations.NullMarked;
