package io.ottla.internal.net;

import java.nio.charset.StandardCharsets;

/** What the first bytes of a peer say about it when they are no length of a Kafka response. */
final class FirstBytes {
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_MAJOR = 3;
  private static final int HTTP = 0x48545450; // "HTTP"

  private FirstBytes() {}

  /** Whether they begin a TLS record; no first answer of a broker is so long as they would say. */
  static boolean areTls(int firstFour) {
    int type = firstFour >>> 24;
    int major = firstFour >>> 16 & 0xFF;
    return (type == TLS_ALERT || type == TLS_HANDSHAKE) && major == TLS_MAJOR;
  }

  static boolean areHttp(int firstFour) {
    return firstFour == HTTP;
  }

  /** A length in bytes, with the four that said so, and the text that they may be. */
  static String describe(int length) {
    byte[] bytes = {
      (byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length
    };
    StringBuilder hex = new StringBuilder();
    boolean isText = true;
    for (byte b : bytes) {
      hex.append(String.format("%02x ", b));
      isText &= b >= ' ' && b < 0x7F;
    }
    String text = isText ? "\"" + new String(bytes, StandardCharsets.US_ASCII) + "\"" : "";
    return length + " bytes (" + (hex + text).strip() + ")";
  }
}
