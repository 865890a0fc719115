/** What the null broker itself costs. */
@NullMarked
package io.ottla.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
