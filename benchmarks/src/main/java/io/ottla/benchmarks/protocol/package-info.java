/** JMH benchmarks of the protocol: primitives, record batches, generated messages. */
@NullMarked
package io.ottla.benchmarks.protocol;

import org.jspecify.annotations.NullMarked;
