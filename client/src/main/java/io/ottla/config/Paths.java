package io.ottla.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files, by path; whether one is there is seen by whoever reads it. */
record Paths() implements OptionType<Path> {
  @Override
  public @Nullable Path read(String text) {
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException unusable) {
      return null;
    }
  }

  @Override
  public Optional<Path> cast(Object value) {
    return value instanceof Path path ? Optional.of(path) : Optional.empty();
  }

  @Override
  public String accepted() {
    return "the path of a file";
  }
}
