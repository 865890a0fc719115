/** What a command sees of the outside: streams, exit codes, and how to talk to the user. */
@NullMarked
package io.ottla.cli.terminal;

import org.jspecify.annotations.NullMarked;
