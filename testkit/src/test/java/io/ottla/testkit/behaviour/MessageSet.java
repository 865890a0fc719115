package io.ottla.testkit.behaviour;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Messages as they were before Kafka 0.11, version 0 or 1. */
final class MessageSet {
  private static final int BEFORE_MESSAGE = 12;
  private static final int NULL = -1;

  private MessageSet() {}

  /** A set of one message without key. */
  static ByteBuffer of(int magic, String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    int size = 4 + 1 + 1 + (magic == 0 ? 0 : 8) + 4 + 4 + value.length;
    ByteBuffer bytes = ByteBuffer.allocate(BEFORE_MESSAGE + size);
    bytes.putLong(0).putInt(size).putInt(0).put((byte) magic).put((byte) 0);
    if (magic > 0) {
      bytes.putLong(System.currentTimeMillis());
    }
    bytes.putInt(NULL).putInt(value.length).put(value).flip();
    CRC32 crc = new CRC32();
    crc.update(bytes.slice(BEFORE_MESSAGE + 4, size - 4));
    return bytes.putInt(BEFORE_MESSAGE, (int) crc.getValue());
  }
}
