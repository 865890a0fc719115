package io.ottla.protocol.reference;

import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Where all random numbers of a run come from. Each message has its own sequence, so that one
 * failure can be repeated without those before it.
 *
 * @param value the seed; {@code -Dottla.seed} sets it
 */
record Seed(long value) {
  private static final long OF_THE_DEFAULT_BUILD = 20_110_111;
  private static final @Nullable Long GIVEN = Long.getLong("ottla.seed");

  /** The given seed, else always the same one: the default build repeats itself. */
  static Seed fixed() {
    return new Seed(Objects.requireNonNullElse(GIVEN, OF_THE_DEFAULT_BUILD));
  }

  /** The given seed, else another one in every run. */
  static Seed fresh() {
    return new Seed(GIVEN == null ? new Random().nextLong() : GIVEN);
  }

  /** The random numbers of one place in the run. */
  Random random(Object... place) {
    long mixed = value;
    for (Object part : place) {
      mixed = mixed * 0x9E37_79B9_7F4A_7C15L + part.toString().hashCode();
    }
    return new Random(mixed);
  }

  @Override
  public String toString() {
    return "-Dottla.seed=" + value;
  }
}
