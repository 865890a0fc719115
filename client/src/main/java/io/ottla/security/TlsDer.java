package io.ottla.security;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * As much of ASN.1's DER as it takes to put an old private key into the envelope that the JDK reads
 * (PKCS#8).
 */
final class TlsDer {
  private static final int INTEGER = 0x02;
  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int CONTEXT_0 = 0xA0;
  private static final byte[] VERSION_0 = {INTEGER, 1, 0};
  // rsaEncryption 1.2.840.113549.1.1.1, then NULL
  private static final byte[] RSA = {
    0x06,
    0x09,
    0x2A,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xF7,
    0x0D,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  // ecPublicKey 1.2.840.10045.2.1
  private static final byte[] EC = {
    0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
  };

  private TlsDer() {}

  /** PKCS#8 of an {@code RSA PRIVATE KEY} (PKCS#1). */
  static byte[] ofRsa(byte[] pkcs1) {
    return tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, RSA), tagged(OCTETS, pkcs1));
  }

  /**
   * PKCS#8 of an {@code EC PRIVATE KEY} (SEC 1), which names its curve.
   *
   * @throws IndexOutOfBoundsException if it is cut off
   * @throws IllegalArgumentException if it does not name its curve
   */
  static byte[] ofEc(byte[] sec1) {
    byte[] curve = curve(sec1);
    return tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, EC, curve), tagged(OCTETS, sec1));
  }

  /** {@code SEQUENCE { version, key, [0] curve, … }}: what the tag [0] holds. */
  private static byte[] curve(byte[] sec1) {
    int at = contentAt(sec1, 0);
    while (at < sec1.length) {
      int content = contentAt(sec1, at);
      int end = content + lengthAt(sec1, at);
      if ((sec1[at] & 0xFF) == CONTEXT_0) {
        return Arrays.copyOfRange(sec1, content, end);
      }
      at = end;
    }
    throw new IllegalArgumentException("no curve");
  }

  private static int lengthAt(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xFF);
    }
    if (length < 0 || length > der.length) {
      throw new IndexOutOfBoundsException("a length of " + length);
    }
    return length;
  }

  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length <= 0xFF) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.write(part, 0, part.length);
    }
    return out.toByteArray();
  }
}
