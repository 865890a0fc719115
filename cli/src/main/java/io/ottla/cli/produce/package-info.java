/** Lines into records: the command that writes. */
@NullMarked
package io.ottla.cli.produce;

import org.jspecify.annotations.NullMarked;
