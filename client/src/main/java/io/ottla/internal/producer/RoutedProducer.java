package io.ottla.internal.producer;

/** A producer over an {@link Engine}. */
public final class RoutedProducer {
  private RoutedProducer() {}
}
