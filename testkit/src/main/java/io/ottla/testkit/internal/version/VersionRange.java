package io.ottla.testkit.internal.version;

/** The versions from the lowest to the highest, both included. */
public record VersionRange(short lowest, short highest) {
  /** Checks that there is a version in it. */
  public VersionRange {
    if (lowest < 0 || highest < lowest) {
      throw new IllegalArgumentException("no versions: " + lowest + "-" + highest);
    }
  }

  /** Whether a version is one of these. */
  public boolean contains(int version) {
    return version >= lowest && version <= highest;
  }
}
