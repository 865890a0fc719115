package io.ottla.internal.sasl;

import io.ottla.error.ConfigException;

/**
 * Reads a line of JAAS from left to right, as Kafka's clients do: bare words, values in single or
 * double quotes with a backslash's escapes, comments of both kinds. Thread: one.
 */
final class JaasWords {
  private static final char END = '\uFFFF';

  private final String line;
  private int position;
  private int lastBegin;

  JaasWords(String line) {
    this.line = line;
  }

  /** Where the last word began, counted from 0. */
  int lastBegin() {
    return lastBegin;
  }

  /** A word without quotes. */
  String bare(String expected) {
    skipBlanks();
    lastBegin = position;
    while (isWordPart(peek())) {
      position++;
    }
    if (position == lastBegin) {
      throw wrong(position, expected);
    }
    return line.substring(lastBegin, position);
  }

  /** A value, in quotes or without. */
  String value() {
    skipBlanks();
    char quote = peek();
    return quote == '"' || quote == '\''
        ? quoted(quote)
        : bare("a value: a word, or anything in double quotes");
  }

  private String quoted(char quote) {
    int begin = position++;
    StringBuilder value = new StringBuilder();
    while (peek() != quote) {
      char next = peek();
      if (next == END || next == '\n' || next == '\r') {
        throw wrong(begin, "a closing quote for the one that is here, before the line ends");
      }
      position++;
      value.append(next == '\\' ? escaped(begin) : next);
    }
    position++;
    return value.toString();
  }

  /** What stands behind a backslash. */
  private char escaped(int begin) {
    char next = peek();
    if (next == END) {
      throw wrong(begin, "a closing quote for the one that is here, before the line ends");
    }
    if (next >= '0' && next <= '7') {
      return octal();
    }
    position++;
    return switch (next) {
      case 'a' -> '\u0007';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000B';
      default -> next;
    };
  }

  /** Up to three digits, and no more than a byte. */
  private char octal() {
    int most = peek() <= '3' ? 3 : 2;
    int value = 0;
    for (int i = 0; i < most && peek() >= '0' && peek() <= '7'; i++) {
      value = value * 8 + (peek() - '0');
      position++;
    }
    return (char) value;
  }

  /** Whether this comes next; then it is taken. */
  boolean takes(char expected) {
    skipBlanks();
    boolean isNext = peek() == expected;
    position += isNext ? 1 : 0;
    return isNext;
  }

  void require(char expected) {
    if (!takes(expected)) {
      throw wrong(position, "a " + expected + " here; a value with a quote in it needs \\\" there");
    }
  }

  void requireEnd() {
    skipBlanks();
    if (position < line.length()) {
      throw wrong(position, "one login module only, nothing behind its ;");
    }
  }

  ConfigException wrong(int at, String accepted) {
    String where = at < line.length() ? "at character " + (at + 1) : "at its end";
    return JaasLine.wrong(where + " there should be " + accepted);
  }

  private void skipBlanks() {
    while (position < line.length()) {
      if (Character.isWhitespace(peek())) {
        position++;
      } else if (line.startsWith("//", position)) {
        skipTo("\n");
      } else if (line.startsWith("/*", position)) {
        skipTo("*/");
      } else {
        return;
      }
    }
  }

  private void skipTo(String end) {
    int found = line.indexOf(end, position + 2);
    position = found < 0 ? line.length() : found + end.length();
  }

  private char peek() {
    return position < line.length() ? line.charAt(position) : END;
  }

  private boolean isWordPart(char character) {
    boolean beginsComment = line.startsWith("//", position) || line.startsWith("/*", position);
    return character != END
        && !Character.isWhitespace(character)
        && ";=\"'".indexOf(character) < 0
        && !beginsComment;
  }
}
