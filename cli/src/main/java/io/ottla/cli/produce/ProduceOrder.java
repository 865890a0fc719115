package io.ottla.cli.produce;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.protocol.record.Compression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ottla produce} was told.
 *
 * @param partition null to choose one by the key, or by turns
 * @param delimiter null if lines have no keys
 * @param files {@code -} is standard input, and so is an empty list
 */
public record ProduceOrder(
    Bootstrap bootstrap,
    String topic,
    @Nullable Integer partition,
    @Nullable KeyDelimiter delimiter,
    Compression compression,
    List<String> files) {}
