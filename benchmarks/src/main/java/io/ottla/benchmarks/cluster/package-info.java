/** What it costs to know a cluster. */
@NullMarked
package io.ottla.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
