package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.error.AuthenticationException;
import java.util.Base64;

/** A message of SCRAM, read from left to right: {@code letter=value}, parted by commas. */
final class ScramAttributes {
  private static final int LONGEST_MESSAGE = 8_192;

  private final String text;
  private int position;

  private ScramAttributes(String text) {
    this.text = text;
  }

  static ScramAttributes of(byte[] message) {
    if (message.length > LONGEST_MESSAGE) {
      throw unreadable("it is " + message.length + " bytes long");
    }
    return new ScramAttributes(new String(message, UTF_8));
  }

  String text() {
    return text;
  }

  boolean isNext(char letter) {
    return text.startsWith(letter + "=", position);
  }

  String next(char letter) {
    if (isNext('m')) {
      throw unreadable("it asks for an extension that is not known here");
    }
    if (!isNext(letter)) {
      throw unreadable("there is no " + letter + "= where it should be");
    }
    int from = position + 2;
    int comma = text.indexOf(',', from);
    int to = comma < 0 ? text.length() : comma;
    position = Math.min(to + 1, text.length());
    return text.substring(from, to);
  }

  byte[] nextBytes(char letter) {
    try {
      return Base64.getDecoder().decode(next(letter));
    } catch (IllegalArgumentException notBase64) {
      throw unreadable(letter + "= is not base64");
    }
  }

  private static AuthenticationException unreadable(String why) {
    return new AuthenticationException("the broker's message is none of SCRAM: " + why, null);
  }
}
