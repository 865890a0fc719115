package io.ottla.cli.format;

import io.ottla.serde.Serializer;

/**
 * Some bytes of an array, so that a line's key and value need no copies. One object serves many
 * records, one after another. Thread: one at a time.
 */
public final class Span {
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int offset;
  private int length;

  /** All of an array. */
  public static Span of(byte[] bytes) {
    return new Span().set(bytes, 0, bytes.length);
  }

  /** Other bytes from now on. */
  public Span set(byte[] newBytes, int newOffset, int newLength) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    return this;
  }

  /** How many bytes they are. */
  public int length() {
    return length;
  }

  /** Copies them into a record, while it is sent. */
  public static Serializer<Span> serializer() {
    return (span, to) -> to.write(span.bytes, span.offset, span.length);
  }

  /** The same bytes in an array of their own. */
  public byte[] toBytes() {
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    return copy;
  }
}
