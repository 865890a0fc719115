/** Broker error codes: what the reference knows of them, and what we decide about them. */
@NullMarked
package io.ottla.protocol.generator.error;

import org.jspecify.annotations.NullMarked;
