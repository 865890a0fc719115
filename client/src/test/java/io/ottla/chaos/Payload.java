package io.ottla.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a record of a chaos run says of itself, so that it is known wherever it turns up: of which
 * ledger it is, who sent it, as what number, and how. Every byte of its value follows from that.
 *
 * @param ledger the ledger's id
 * @param sender from 0
 * @param number the sender's count, from 0
 * @param way {@link #KEYLESS}, {@link #KEYED}, or the partition that was asked for
 */
public record Payload(int ledger, int sender, int number, int way) {
  /** No key and no partition. */
  public static final int KEYLESS = -1;

  /** A key, and no partition. */
  public static final int KEYED = -2;

  private static final int MAGIC = 0x0771A5ED;
  private static final int FIXED_BYTES = 20;
  private static final int MAX_FILLER = 300;
  private static final int KEYS_PER_SENDER = 16;

  /** Whether records of its sender and partition must be in the log in the order of numbers. */
  public boolean isOrdered() {
    return way != KEYLESS;
  }

  /** The record's value. */
  public byte[] value() {
    ByteBuffer value = ByteBuffer.allocate(FIXED_BYTES + fillerLength());
    value.putInt(MAGIC).putInt(ledger).putInt(sender).putInt(number).putInt(way);
    for (int i = 0; value.hasRemaining(); i++) {
      value.put(filler(i));
    }
    return value.array();
  }

  /** The record's key; null if it has none. */
  public byte @Nullable [] key() {
    return way == KEYED ? ("s" + sender + "-" + number % KEYS_PER_SENDER).getBytes(UTF_8) : null;
  }

  /** Reads one; null if any byte is not as it was sent. */
  public static @Nullable Payload of(@Nullable ByteBuffer bytes) {
    if (bytes == null || bytes.remaining() < FIXED_BYTES) {
      return null;
    }
    ByteBuffer value = bytes.duplicate();
    if (value.getInt() != MAGIC) {
      return null;
    }
    Payload read = new Payload(value.getInt(), value.getInt(), value.getInt(), value.getInt());
    return ByteBuffer.wrap(read.value()).equals(bytes) ? read : null;
  }

  private int fillerLength() {
    return Math.floorMod((number * 31 + sender) * 0x9E3779B1, MAX_FILLER);
  }

  private byte filler(int index) {
    return (byte) (number + (index >> 4));
  }

  @Override
  public String toString() {
    String how = way == KEYLESS ? "keyless" : way == KEYED ? "keyed" : "for partition " + way;
    return "record " + sender + "/" + number + " (" + how + ", ledger " + ledger + ")";
  }
}
