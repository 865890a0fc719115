package io.ottla.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Yes or no. */
record Booleans() implements OptionType<Boolean> {
  @Override
  public @Nullable Boolean read(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> null;
    };
  }

  @Override
  public String accepted() {
    return "true or false";
  }
}
