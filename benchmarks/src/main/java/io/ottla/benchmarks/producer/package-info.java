/** What a record costs a producer before it is sent. */
@NullMarked
package io.ottla.benchmarks.producer;

import org.jspecify.annotations.NullMarked;
