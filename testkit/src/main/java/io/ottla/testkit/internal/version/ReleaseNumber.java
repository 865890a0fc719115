package io.ottla.testkit.internal.version;

import java.util.Arrays;

/** A release as Kafka writes it, {@code 0.10.2} or {@code 4.3}, in the order of time. */
record ReleaseNumber(String text) implements Comparable<ReleaseNumber> {
  @Override
  public int compareTo(ReleaseNumber other) {
    return Arrays.compare(parts(), other.parts());
  }

  private int[] parts() {
    return Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
