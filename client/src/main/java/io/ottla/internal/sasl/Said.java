package io.ottla.internal.sasl;

import org.jspecify.annotations.Nullable;

/** What a server said, as messages quote it: short, on one line. */
final class Said {
  private static final int LONGEST = 200;

  private Said() {}

  static String by(@Nullable String server) {
    if (server == null) {
      return "(none)";
    }
    String printable = server.replaceAll("\\p{Cntrl}+", " ").strip();
    return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "…";
  }
}
