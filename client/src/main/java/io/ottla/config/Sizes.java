package io.ottla.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sizes in bytes, with or without a unit.
 *
 * @param smallest the smallest that is accepted
 * @param largest the largest
 */
record Sizes(long smallest, long largest) implements OptionType<Long> {
  /** Of an array. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([a-z]*)");
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kb",
          1_000L,
          "kib",
          1L << 10,
          "mb",
          1_000_000L,
          "mib",
          1L << 20,
          "gb",
          1_000_000_000L,
          "gib",
          1L << 30);

  /** Of what lies in one array. */
  Sizes(long smallest) {
    this(smallest, LARGEST);
  }

  @Override
  public @Nullable Long read(String text) {
    Matcher parts = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    Long unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
    if (unit == null) {
      return null;
    }
    try {
      return Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
    } catch (ArithmeticException tooLarge) {
      return null;
    }
  }

  @Override
  public boolean accepts(Long value) {
    return value >= smallest && value <= largest;
  }

  @Override
  public String accepted() {
    return "a size such as 65536, 64KB or 64KiB, of " + smallest + " to " + largest + " bytes";
  }

  @Override
  public String show(Long value) {
    if (value == 0 || value % 1024 != 0) {
      return value.toString();
    }
    return value % (1 << 20) == 0 ? (value >> 20) + "MiB" : (value >> 10) + "KiB";
  }
}
