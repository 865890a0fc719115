package io.ottla.stats;

/**
 * How much there was per second, over the last {@linkplain ProducerStats#window window}.
 *
 * @param recordsPerSecond records that were written
 * @param batchesPerSecond batches that were sent; those that were sent again count again
 * @param bytesPerSecond their bytes on the wire
 */
public record SendRates(double recordsPerSecond, double batchesPerSecond, double bytesPerSecond) {}
