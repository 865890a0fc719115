/** Peers that say exactly what a test wants them to say. */
@NullMarked
package io.ottla.script;

import org.jspecify.annotations.NullMarked;
