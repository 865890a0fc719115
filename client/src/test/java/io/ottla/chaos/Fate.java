package io.ottla.chaos;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import org.jspecify.annotations.Nullable;

/** What the client said became of a record. */
public enum Fate {
  /** It was sent, and nothing was said yet. */
  WAITING,
  /** It is written. */
  ACKED,
  /** It may be written. */
  UNKNOWN,
  /** It is not written. */
  FAILED,
  /** It was not even taken, and has no report. */
  NOT_TAKEN;

  /** Of a report's error; null for none. */
  public static Fate of(@Nullable OttlaException error) {
    if (error == null) {
      return ACKED;
    }
    return error.outcome() == SendOutcome.UNKNOWN ? UNKNOWN : FAILED;
  }
}
