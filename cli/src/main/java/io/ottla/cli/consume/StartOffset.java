package io.ottla.cli.consume;

/** Where to begin to read a partition. */
public sealed interface StartOffset {

  /** The first record that still exists. */
  record Beginning() implements StartOffset {}

  /** Only what comes from now on. */
  record End() implements StartOffset {}

  /** The record with this number. */
  record At(long offset) implements StartOffset {}

  /** Reads {@code beginning}, {@code end} or a number. */
  static StartOffset parse(String word) {
    return switch (word) {
      case "beginning" -> new Beginning();
      case "end" -> new End();
      default -> {
        if (!word.matches("\\d{1,18}")) {
          throw new IllegalArgumentException("'" + word + "' is not beginning, end or an offset");
        }
        yield new At(Long.parseLong(word));
      }
    };
  }
}
