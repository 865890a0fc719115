package io.ottla;

import java.time.Duration;

/** The options of a {@link Cluster}, checked when they are built. Immutable. */
public final class ClusterOptions {
  ClusterOptions() {}

  /** How long a request is tried unless it says otherwise. */
  public Duration requestTimeout() {
    return Duration.ofSeconds(30);
  }
}
