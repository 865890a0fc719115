package io.ottla.internal.producer;

/** What the ticker is to do with a queue that it looked at. */
enum Due {
  /** Look again when its linger is over. */
  LATER,
  /** Its batch has lingered enough. */
  RIPE,
  /** Nothing: nothing is open, or it has no linger. */
  NOTHING
}
