/** Bytes in, lines out. */
@NullMarked
package io.ottla.cli.lines;

import org.jspecify.annotations.NullMarked;
