/**
 * The log of one partition as its leader has it: which batches may enter, what their producers may
 * do next, and what can be asked about them.
 *
 * <p>Door: {@link io.ottla.testkit.internal.log.PartitionLog}.
 */
@NullMarked
package io.ottla.testkit.internal.log;

import org.jspecify.annotations.NullMarked;
