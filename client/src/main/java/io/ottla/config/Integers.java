package io.ottla.config;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers.
 *
 * @param lowest the lowest that is accepted
 * @param highest the highest
 */
record Integers(int lowest, int highest) implements OptionType<Integer> {
  @Override
  public @Nullable Integer read(String text) {
    if (!text.matches("[+-]?\\d{1,40}")) {
      return null;
    }
    BigInteger value = new BigInteger(text);
    return value.bitLength() < Integer.SIZE ? Integer.valueOf(value.intValue()) : null;
  }

  @Override
  public boolean accepts(Integer value) {
    return value >= lowest && value <= highest;
  }

  @Override
  public String accepted() {
    return "a whole number, " + lowest + " to " + highest;
  }
}
