package io.ottla.cli.consume;

import io.ottla.cli.cluster.Bootstrap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ottla consume} was told.
 *
 * @param partition null for all
 * @param stopsAtEnd whether to stop where the partitions end when the command begins
 * @param count after how many records to stop; null for never
 */
public record ConsumeOrder(
    Bootstrap bootstrap,
    String topic,
    @Nullable Integer partition,
    StartOffset start,
    boolean stopsAtEnd,
    @Nullable Long count) {}
