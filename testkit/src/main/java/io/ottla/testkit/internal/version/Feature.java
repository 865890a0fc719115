package io.ottla.testkit.internal.version;

/**
 * A feature of a cluster that is switched on by level (KIP-584), such as {@code group.version}.
 *
 * @param name as Kafka writes it
 * @param supported the levels that a broker of the release can work with
 * @param finalizedLevel the level in a cluster that was formatted by this release and not changed
 *     since; 0: switched off, and not among the finalized features that ApiVersions tells
 */
public record Feature(String name, VersionRange supported, short finalizedLevel) {}
