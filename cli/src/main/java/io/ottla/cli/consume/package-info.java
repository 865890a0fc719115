/** Records into lines: the command that reads. */
@NullMarked
package io.ottla.cli.consume;

import org.jspecify.annotations.NullMarked;
