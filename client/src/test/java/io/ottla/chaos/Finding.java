package io.ottla.chaos;

/** A way in which a client can have broken its word. */
public enum Finding {
  /** It was said to be written, and is not there. */
  LOST,
  /** It is there more than once. */
  DOUBLED,
  /** It is there although it was said not to be. */
  WRITTEN_THOUGH_FAILED,
  /** It is elsewhere than was said. */
  ELSEWHERE,
  /** It is in another partition than its key or its sender asked for. */
  WRONG_PARTITION,
  /** It stands behind a later one of its sender. */
  OUT_OF_ORDER,
  /** A record that nobody sent, or that is not as it was sent. */
  FOREIGN,
  /** Nothing was ever said of it. */
  NEVER_REPORTED,
  /** Something was said of it twice. */
  REPORTED_TWICE,
  /** It was not taken, and yet something was said of it. */
  REPORTED_THOUGH_NOT_TAKEN,
  /** What was said of it was said of another one. */
  MISTAKEN_REPORT,
  /** It was told after a later one of its partition. */
  REPORTED_OUT_OF_ORDER,
  /** The producer's own listener heard of more or fewer records than the records' listeners. */
  OVERHEARD_OTHERWISE,
  /** A send, or a listener's report, threw. */
  THREW
}
