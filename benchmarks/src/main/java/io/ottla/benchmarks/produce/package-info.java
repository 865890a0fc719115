/**
 * Producers compared, end to end: each client is a process of its own and says what it measured in
 * one line.
 *
 * <p>Doors: {@link io.ottla.benchmarks.produce.ProduceReport}, which runs them in turn and writes
 * the report, and {@link io.ottla.benchmarks.produce.ProduceMain}, one of them.
 */
@NullMarked
package io.ottla.benchmarks.produce;

import org.jspecify.annotations.NullMarked;
