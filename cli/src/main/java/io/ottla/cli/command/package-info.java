/**
 * The command line: options and subcommands into plain requests. Only this package knows picocli.
 */
@NullMarked
package io.ottla.cli.command;

import org.jspecify.annotations.NullMarked;
