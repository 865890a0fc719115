package io.ottla.testkit.internal.loop;

/** What time it is in a fake cluster. Units: milliseconds since 1970. */
public sealed interface Clock permits ManualTime, RunningTime {
  /** Now. */
  long millis();
}
