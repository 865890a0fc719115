/** The command that runs the benchmarks. */
@NullMarked
package io.ottla.benchmarks;

import org.jspecify.annotations.NullMarked;
