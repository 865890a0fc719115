/**
 * The brokers of one cluster, as far as a command needs them: who leads what, and a connection to
 * each.
 */
@NullMarked
package io.ottla.cli.cluster;

import org.jspecify.annotations.NullMarked;
