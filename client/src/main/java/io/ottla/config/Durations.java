package io.ottla.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations with their unit, kept to the millisecond.
 *
 * @param shortest the shortest that is accepted
 */
record Durations(Duration shortest) implements OptionType<Duration> {
  /** Kafka's requests, and timers, count milliseconds in 32 bits. */
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([a-z]+)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "min", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  static Durations positive() {
    return new Durations(Duration.ofMillis(1));
  }

  static Durations orZero() {
    return new Durations(Duration.ZERO);
  }

  /** The same, or the longest that there is. */
  static Duration atMostLongest(Duration value) {
    return value.compareTo(LONGEST) < 0 ? value : LONGEST;
  }

  @Override
  public @Nullable Duration read(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    ChronoUnit unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
    if (unit == null) {
      return null;
    }
    try {
      return Duration.of(Long.parseLong(parts.group(1)), unit);
    } catch (ArithmeticException tooLong) {
      return null;
    }
  }

  @Override
  public boolean accepts(Duration value) {
    return value.compareTo(shortest) >= 0 && value.compareTo(LONGEST) <= 0;
  }

  @Override
  public Duration kept(Duration value) {
    return Duration.ofMillis(value.toMillis());
  }

  @Override
  public Optional<Duration> cast(Object value) {
    return value instanceof Duration duration ? Optional.of(duration) : Optional.empty();
  }

  @Override
  public String accepted() {
    return "a duration such as 500ms, 30s or 2m, of "
        + shortest.toMillis()
        + " to "
        + LONGEST.toMillis()
        + " ms";
  }

  @Override
  public String show(Duration value) {
    long millis = value.toMillis();
    if (millis == 0 || millis % 1000 != 0) {
      return millis == 0 ? "0" : millis + "ms";
    }
    return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1000 + "s";
  }
}
