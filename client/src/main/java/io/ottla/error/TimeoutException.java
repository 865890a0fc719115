package io.ottla.error;

import java.time.Duration;
import java.util.List;

/** The time that the caller gave ran out. */
public final class TimeoutException extends OttlaException {
  private static final long serialVersionUID = 1L;

  private final Duration waited;
  private final int attempts;

  private final Attempt[] tried;

  /**
   * @param message what was waited for, where, and what to do
   * @param outcome whether the broker can have acted on it
   * @param waited how long it was waited for
   * @param attempts how often it was tried
   */
  public TimeoutException(String message, SendOutcome outcome, Duration waited, int attempts) {
    super(message, outcome, null);
    this.waited = waited;
    this.attempts = attempts;
    this.tried = new Attempt[0];
  }

  /**
   * @param message what was waited for, where, and what to do
   * @param outcome whether the broker can have acted on it
   * @param waited how long it was waited for
   * @param tried what was tried meanwhile
   */
  public TimeoutException(
      String message, SendOutcome outcome, Duration waited, List<Attempt> tried) {
    super(message, outcome, null);
    this.waited = waited;
    this.attempts = tried.stream().mapToInt(Attempt::count).sum();
    this.tried = tried.toArray(new Attempt[0]);
  }

  /** What was tried meanwhile, and how it ended; empty if only one broker was to be asked. */
  public List<Attempt> tried() {
    return List.of(tried);
  }

  /** How long it was waited for. */
  public Duration waited() {
    return waited;
  }

  /** How often it was handed to a connection; 0 if none was ever open. */
  public int attempts() {
    return attempts;
  }
}
