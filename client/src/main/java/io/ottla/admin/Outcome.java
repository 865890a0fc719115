package io.ottla.admin;

import io.ottla.error.OttlaException;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended for one of its items.
 *
 * @param value what came of it; null if it failed, or if there is nothing to tell
 * @param failure why it failed; null if it did not
 * @param <T> the value's type
 */
public record Outcome<T>(@Nullable T value, @Nullable OttlaException failure) {
  /** It was done. */
  public static <T> Outcome<T> of(@Nullable T value) {
    return new Outcome<>(value, null);
  }

  /** It was not done. */
  public static <T> Outcome<T> failed(OttlaException failure) {
    return new Outcome<>(null, failure);
  }

  /** Whether it was done. */
  public boolean isDone() {
    return failure == null;
  }

  /**
   * What came of it.
   *
   * @throws OttlaException the failure, if it failed
   * @throws IllegalStateException if there is nothing to tell, as of a deletion
   */
  public T orThrow() {
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      throw new IllegalStateException("it was done, and there is no value to tell of it");
    }
    return value;
  }
}
