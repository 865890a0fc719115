package io.ottla.cli.demo;

import io.ottla.protocol.record.Compression;
import java.util.List;

/**
 * What {@code ottla demo} was told.
 *
 * @param files lines to stream, {@code -} is standard input; empty for events that the demo makes
 * @param count how many events to make
 * @param seed the same seed makes the same events
 */
public record DemoOrder(List<String> files, long count, long seed, Compression compression) {}
