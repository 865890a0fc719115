package io.ottla.producer;

import org.jspecify.annotations.Nullable;

/**
 * Why one record made the broker refuse its batch.
 *
 * @param index the record's place in its batch, from 0: among the records of the call for the same
 *     partition
 * @param message what the broker said, if it said something
 */
public record RecordError(int index, @Nullable String message) {}
