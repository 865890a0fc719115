package io.ottla.cli.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What stands between the key and the value of a line: one or more bytes. */
public final class KeyDelimiter {
  private final byte[] bytes;

  private KeyDelimiter(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a delimiter as written on a command line: text, with \t, \0, \\ and \xHH for bytes. */
  public static KeyDelimiter parse(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != '\\') {
        int end = word.indexOf('\\', i);
        String plain = word.substring(i, end < 0 ? word.length() : end);
        bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
        i += plain.length() - 1;
      } else if (word.startsWith("\\x", i) && word.substring(i).matches("\\\\x\\p{XDigit}{2}.*")) {
        bytes.write(Integer.parseInt(word.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.write(escaped(word, ++i));
      }
    }
    byte[] delimiter = bytes.toByteArray();
    if (delimiter.length == 0) {
      throw new IllegalArgumentException("the key delimiter is empty");
    }
    for (byte b : delimiter) {
      if (b == '\n') {
        throw new IllegalArgumentException("the key delimiter cannot hold the end of a line");
      }
    }
    return new KeyDelimiter(delimiter);
  }

  private static int escaped(String word, int index) {
    return switch (index < word.length() ? word.charAt(index) : ' ') {
      case 't' -> '\t';
      case '0' -> 0;
      case '\\' -> '\\';
      default ->
          throw new IllegalArgumentException(
              "'" + word + "' is not a key delimiter: a backslash begins \\t, \\0, \\\\ or \\xHH");
    };
  }

  int length() {
    return bytes.length;
  }

  /** Where the delimiter begins the first time, counted from {@code offset}; −1 if nowhere. */
  int find(byte[] line, int offset, int length) {
    int last = offset + length - bytes.length;
    for (int i = offset; i <= last; i++) {
      if (line[i] == bytes[0] && isAt(line, i)) {
        return i - offset;
      }
    }
    return -1;
  }

  private boolean isAt(byte[] line, int start) {
    for (int i = 1; i < bytes.length; i++) {
      if (line[start + i] != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
