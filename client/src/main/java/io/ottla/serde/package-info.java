/** Turns keys and values into the bytes of records. */
@NullMarked
package io.ottla.serde;

import org.jspecify.annotations.NullMarked;
