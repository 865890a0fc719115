/** How a record is written as a line, and read from one. */
@NullMarked
package io.ottla.cli.format;

import org.jspecify.annotations.NullMarked;
