package io.ottla.protocol.reference;

import java.util.stream.IntStream;

/**
 * A range of versions as definitions write it.
 *
 * @param lowest the first version in it
 * @param highest the last version in it; below {@code lowest} if it is empty
 */
record Versions(int lowest, int highest) {
  static final Versions NONE = new Versions(0, -1);

  /** Reads {@code "none"}, {@code "3"}, {@code "3+"} or {@code "3-5"}. */
  static Versions parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    if (text.endsWith("+")) {
      return new Versions(
          Integer.parseInt(text.substring(0, text.length() - 1)), Integer.MAX_VALUE);
    }
    int dash = text.indexOf('-');
    return dash < 0
        ? new Versions(Integer.parseInt(text), Integer.parseInt(text))
        : new Versions(
            Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  boolean contains(int version) {
    return lowest <= version && version <= highest;
  }

  boolean isEmpty() {
    return highest < lowest;
  }

  boolean overlaps(Versions other) {
    return Math.max(lowest, other.lowest) <= Math.min(highest, other.highest);
  }

  /** The version of this range that is nearest to {@code version}. */
  int nearest(int version) {
    return Math.max(lowest, Math.min(highest, version));
  }

  Versions without(int highestToDrop) {
    return highest == highestToDrop ? new Versions(lowest, highest - 1) : this;
  }

  IntStream stream() {
    return IntStream.rangeClosed(lowest, highest);
  }

  @Override
  public String toString() {
    if (isEmpty()) {
      return "none";
    }
    return lowest == highest ? Integer.toString(lowest) : lowest + "–" + highest;
  }
}
