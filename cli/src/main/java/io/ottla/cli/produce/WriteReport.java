package io.ottla.cli.produce;

import org.jspecify.annotations.Nullable;

/**
 * What became of the records that were appended.
 *
 * @param delivered how many the leaders acknowledged
 * @param failed how many are not acknowledged and will not be tried again
 * @param unknown how many of the failed ones may have arrived all the same
 * @param why the first reason for a failure; null if there was none
 */
public record WriteReport(long delivered, long failed, long unknown, @Nullable String why) {}
