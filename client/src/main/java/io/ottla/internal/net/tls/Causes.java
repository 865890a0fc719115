package io.ottla.internal.net.tls;

import java.util.stream.Stream;

/** A failure and what lies beneath it. */
final class Causes {
  private static final int DEEPEST = 20; // a circle ends here

  private Causes() {}

  /** The failure itself first. */
  static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }
}
