package io.ottla.stats;

/** What a producer has done so far, and what it holds now. Immutable. */
public record ProducerStats(String name) {}
