/**
 * The {@code ottla} command.
 *
 * <p>{@link io.ottla.cli.OttlaCli} is the door: arguments in, exit code out, no System in between.
 * A command class turns options into a plain record, and hands that to a task which knows no
 * picocli.
 */
@NullMarked
package io.ottla.cli;

import org.jspecify.annotations.NullMarked;
