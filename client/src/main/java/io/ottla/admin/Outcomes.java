package io.ottla.admin;

import io.ottla.error.OttlaException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a call over several items ended, for each of them: one failure does not hide the others.
 * Immutable; in the order in which the items were given.
 *
 * @param <K> what an item is known by
 * @param <T> what comes of an item
 */
public final class Outcomes<K, T> {
  private final Map<K, Outcome<T>> byItem;

  /**
   * Copies the map.
   *
   * @param byItem an outcome for each item
   */
  public Outcomes(Map<K, Outcome<T>> byItem) {
    this.byItem = Collections.unmodifiableMap(new LinkedHashMap<>(byItem));
  }

  /** The items. */
  public Set<K> items() {
    return byItem.keySet();
  }

  /**
   * How one item ended.
   *
   * @throws IllegalArgumentException if it was not among those of the call
   */
  public Outcome<T> of(K item) {
    Outcome<T> outcome = byItem.get(item);
    if (outcome == null) {
      throw new IllegalArgumentException(item + " was not asked for; that were " + items());
    }
    return outcome;
  }

  /** All of them. */
  public Map<K, Outcome<T>> all() {
    return byItem;
  }

  /** What came of those that were done and have a value. */
  public Map<K, T> values() {
    Map<K, T> values = new LinkedHashMap<>();
    byItem.forEach(
        (item, outcome) -> {
          T value = outcome.value();
          if (value != null) {
            values.put(item, value);
          }
        });
    return Collections.unmodifiableMap(values);
  }

  /** Why the others were not done. */
  public Map<K, OttlaException> failures() {
    Map<K, OttlaException> failures = new LinkedHashMap<>();
    byItem.forEach(
        (item, outcome) -> {
          OttlaException failure = outcome.failure();
          if (failure != null) {
            failures.put(item, failure);
          }
        });
    return Collections.unmodifiableMap(failures);
  }

  /** Whether every item was done. */
  public boolean isAllDone() {
    return byItem.values().stream().allMatch(Outcome::isDone);
  }

  /**
   * What came of the items, if all were done.
   *
   * @throws OttlaException the first failure, with the others as suppressed ones
   */
  public Map<K, T> orThrow() {
    OttlaException first = null;
    for (OttlaException failure : failures().values()) {
      if (first == null) {
        first = failure;
      } else if (first != failure) {
        first.addSuppressed(failure);
      }
    }
    if (first != null) {
      throw first;
    }
    return values();
  }

  @Override
  public String toString() {
    return byItem.toString();
  }
}
