package io.ottla.internal.producer;

import io.ottla.protocol.record.Header;
import io.ottla.serde.SerializedBytes;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What serializers write to: the key, and behind it the value, of one record at a time, in an array
 * that is used again.
 *
 * <p>Thread: whoever took it from {@link Scratches}. Units: bytes.
 */
final class Scratch implements SerializedBytes {
  private static final int FIRST_BYTES = 512;

  /** A larger array is not kept for the next record. */
  private static final int KEPT_BYTES = 64 << 10;

  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int start; // of the part that is being written
  private int end;
  private boolean isNull; // that part
  private String topic = "";
  private List<Header> headers = List.of();
  private boolean areHeadersOwn; // a list that was made here
  private @Nullable OutputStream stream; // made when first asked for

  /** A record's headers and topic; nothing is written yet. */
  void begin(String recordsTopic, List<Header> recordsHeaders) {
    topic = recordsTopic;
    headers = recordsHeaders;
    areHeadersOwn = false;
    start = 0;
    end = 0;
    isNull = false;
  }

  /** What is written from now on is another part. */
  void beginPart() {
    start = end;
    isNull = false;
  }

  /** Where the part begins. */
  int start() {
    return start;
  }

  /** How long the part is. */
  int length() {
    return end - start;
  }

  /** Whether the part is nothing, which is not the same as empty. */
  boolean isNull() {
    return isNull;
  }

  /** Where the parts lie; another array may take its place while they are written. */
  byte[] array() {
    return bytes;
  }

  /** The record is done: what belongs to it is forgotten. */
  void end() {
    headers = List.of();
    topic = "";
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  @Override
  public String topic() {
    return topic;
  }

  @Override
  public List<Header> headers() {
    return areHeadersOwn ? Collections.unmodifiableList(headers) : headers;
  }

  /** The headers, to be handed over: nobody changes them any more. */
  List<Header> finalHeaders() {
    return headers;
  }

  @Override
  public void addHeader(String key, byte @Nullable [] value) {
    if (!areHeadersOwn) {
      headers = new ArrayList<>(headers);
      areHeadersOwn = true;
    }
    headers.add(new Header(key, value));
  }

  private void ensure(int more) {
    if (bytes.length - end < more) {
      long wanted = Math.max((long) end + more, 2L * bytes.length);
      if ((long) end + more > MOST_BYTES) {
        throw new IllegalStateException("a record of more than " + MOST_BYTES + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
    }
    isNull = false;
  }

  @Override
  public void write(int oneByte) {
    ensure(1);
    bytes[end++] = (byte) oneByte;
  }

  @Override
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, end, length);
    end += length;
  }

  @Override
  public void write(ByteBuffer source) {
    int length = source.remaining();
    ensure(length);
    source.get(source.position(), bytes, end, length);
    end += length;
  }

  @Override
  public void writeShort(int value) {
    ensure(Short.BYTES);
    bytes[end++] = (byte) (value >> 8);
    bytes[end++] = (byte) value;
  }

  @Override
  public void writeInt(int value) {
    ensure(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[end++] = (byte) (value >> shift);
    }
  }

  @Override
  public void writeLong(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[end++] = (byte) (value >> shift);
    }
  }

  @Override
  public void writeUtf8(String text) {
    int length = text.length();
    ensure(length);
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        break;
      }
      bytes[end + i] = (byte) c;
    }
    end += i;
    if (i < length) {
      writeUtf8(text, i);
    }
  }

  /** From the first character on that is not ASCII. */
  private void writeUtf8(String text, int from) {
    ensure(Math.multiplyExact(3, text.length() - from));
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[end++] = (byte) c;
      } else if (c < 0x800) {
        bytes[end++] = (byte) (0xC0 | c >> 6);
        bytes[end++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[end++] = (byte) (0xE0 | c >> 12);
        bytes[end++] = (byte) (0x80 | (c >> 6 & 0x3F));
        bytes[end++] = (byte) (0x80 | (c & 0x3F));
      } else if (isPair(text, i)) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[end++] = (byte) (0xF0 | point >> 18);
        bytes[end++] = (byte) (0x80 | (point >> 12 & 0x3F));
        bytes[end++] = (byte) (0x80 | (point >> 6 & 0x3F));
        bytes[end++] = (byte) (0x80 | (point & 0x3F));
      } else {
        bytes[end++] = '?';
      }
    }
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  @Override
  public void writeNull() {
    end = start;
    isNull = true;
  }

  @Override
  public OutputStream stream() {
    OutputStream known = stream;
    if (known == null) {
      known = new Stream();
      stream = known;
    }
    return known;
  }

  /** The same as a stream. */
  private final class Stream extends OutputStream {
    @Override
    public void write(int oneByte) {
      Scratch.this.write(oneByte);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      Scratch.this.write(source, offset, length);
    }
  }
}
