package io.ottla.protocol;

import java.nio.charset.StandardCharsets;

/**
 * The length of a string in UTF-8 without encoding it. Agrees with {@link
 * String#getBytes(java.nio.charset.Charset)}, which writes an unpaired surrogate as one question
 * mark.
 */
public final class Utf8 {
  private Utf8() {}

  /** The bytes that {@code text} takes in UTF-8. */
  public static int length(String text) {
    int ascii = asciiPrefix(text);
    return ascii == text.length() ? ascii : ascii + lengthFrom(text, ascii);
  }

  /** Whether each char takes one byte and is that byte. */
  static boolean isAscii(String text) {
    return asciiPrefix(text) == text.length();
  }

  private static int asciiPrefix(String text) {
    int chars = text.length();
    for (int i = 0; i < chars; i++) {
      if (text.charAt(i) >= 0x80) {
        return i;
      }
    }
    return chars;
  }

  private static int lengthFrom(String text, int from) {
    int bytes = 0;
    int chars = text.length();
    for (int i = from; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < chars
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += 1;
      }
    }
    return bytes;
  }

  static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
