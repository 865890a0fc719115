/**
 * Record batches: the form in which records travel and lie in the log, from 0.8's message sets to
 * today's.
 *
 * <p>Out: {@link io.ottla.protocol.record.BatchWriter} takes records, {@link
 * io.ottla.protocol.record.SealedBatch} is what a producer sends. In: {@link
 * io.ottla.protocol.record.RecordBatches} walks what a broker sent.
 */
@NullMarked
package io.ottla.protocol.record;

import org.jspecify.annotations.NullMarked;
