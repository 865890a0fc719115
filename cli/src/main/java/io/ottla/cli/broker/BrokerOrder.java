package io.ottla.cli.broker;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ottla broker} was told.
 *
 * @param port 0 to take a free one
 * @param data null for a temporary directory
 */
public record BrokerOrder(int port, @Nullable Path data, List<TopicSpec> topics) {}
