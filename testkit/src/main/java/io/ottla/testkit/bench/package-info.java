/**
 * A broker for benchmarks, which costs as little as a broker can.
 *
 * <p>Door: {@link io.ottla.testkit.bench.NullBroker}.
 */
@NullMarked
package io.ottla.testkit.bench;

import org.jspecify.annotations.NullMarked;
