package io.ottla.protocol.generator.definition;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An unbroken range of versions, both ends included; {@link #NONE} if it is empty.
 *
 * @param lowest the first version
 * @param highest the last version; {@link #OPEN} if there is no end
 */
public record Versions(int lowest, int highest) {
  /** The end of a range that has none, as in {@code "3+"}. */
  public static final int OPEN = Short.MAX_VALUE;

  /** No version at all. */
  public static final Versions NONE = new Versions(0, -1);

  /** Every version. */
  public static final Versions ALL = new Versions(0, OPEN);

  private static final Pattern FORM = Pattern.compile("(\\d{1,4})(?:(\\+)|-(\\d{1,4}))?");

  /**
   * Reads {@code "3"}, {@code "1-4"}, {@code "0+"} or {@code "none"}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Versions parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a version range like \"3\", \"1-4\", \"0+\" or \"none\"");
    }
    int lowest = Integer.parseInt(form.group(1));
    if (form.group(2) != null) {
      return new Versions(lowest, OPEN);
    }
    int highest = form.group(3) == null ? lowest : Integer.parseInt(form.group(3));
    if (highest < lowest) {
      throw new IllegalArgumentException("version range '" + text + "' ends before it starts");
    }
    return new Versions(lowest, highest);
  }

  /** The range from one version to another; {@link #NONE} if it ends before it starts. */
  public static Versions of(int lowest, int highest) {
    return highest < lowest ? NONE : new Versions(lowest, highest);
  }

  public boolean isEmpty() {
    return highest < lowest;
  }

  public boolean isOpen() {
    return highest == OPEN;
  }

  public boolean contains(int version) {
    return lowest <= version && version <= highest;
  }

  /** True if every version of {@code other} is in this range. */
  public boolean containsAll(Versions other) {
    return other.isEmpty() || (lowest <= other.lowest && other.highest <= highest);
  }

  /** The versions that are in both. */
  public Versions and(Versions other) {
    return of(Math.max(lowest, other.lowest), Math.min(highest, other.highest));
  }

  /** True if the two, put together, have no gap. */
  public boolean joins(Versions other) {
    return isEmpty()
        || other.isEmpty()
        || (lowest <= other.highest + 1 && other.lowest <= highest + 1);
  }

  /** The versions that are in one or the other, which must {@linkplain #joins join}. */
  public Versions or(Versions other) {
    if (isEmpty()) {
      return other;
    }
    if (other.isEmpty()) {
      return this;
    }
    return of(Math.min(lowest, other.lowest), Math.max(highest, other.highest));
  }

  /** The versions below the first of {@code other}; all of these if {@code other} is empty. */
  public Versions below(Versions other) {
    return other.isEmpty() ? this : and(new Versions(0, other.lowest - 1));
  }

  /** As in a definition: {@code 3}, {@code 1-4}, {@code 0+} or {@code none}. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "none";
    }
    if (isOpen()) {
      return lowest + "+";
    }
    return lowest == highest ? "" + lowest : lowest + "-" + highest;
  }
}
