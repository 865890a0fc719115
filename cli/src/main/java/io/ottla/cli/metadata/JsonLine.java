package io.ottla.cli.metadata;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One flat JSON object on one line. */
final class JsonLine {
  private final StringBuilder line = new StringBuilder("{");

  JsonLine text(String name, @Nullable String value) {
    return value == null ? raw(name, "null") : raw(name, quoted(value));
  }

  JsonLine number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  JsonLine numbers(String name, List<Integer> values) {
    return raw(
        name, values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
  }

  JsonLine bool(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  String end() {
    return line.append('}').toString();
  }

  private JsonLine raw(String name, String json) {
    line.append(line.length() > 1 ? "," : "").append(quoted(name)).append(':').append(json);
    return this;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
