package io.ottla.protocol.record;

import io.ottla.protocol.Utf8;
import io.ottla.protocol.Varints;
import java.util.List;

/**
 * The parts of a version 2 record, written into an array. Each method returns the index behind what
 * it wrote. Nothing allocates.
 */
final class RecordEncoding {
  private RecordEncoding() {}

  /** The bytes that a nullable field takes together with its length; −1 is null. */
  static long sizeOfField(int lengthOrMinusOne) {
    return Varints.sizeOf(lengthOrMinusOne) + (long) Math.max(lengthOrMinusOne, 0);
  }

  /** The bytes that the headers take together with their count. */
  static long sizeOfHeaders(List<Header> headers) {
    int count = headers.size();
    long size = Varints.sizeOf(count);
    for (int i = 0; i < count; i++) {
      Header header = headers.get(i);
      byte[] value = header.value();
      size += sizeOfField(Utf8.length(header.key()));
      size += sizeOfField(value == null ? -1 : value.length);
    }
    return size;
  }

  static int putHeaders(byte[] to, int at, List<Header> headers) {
    int count = headers.size();
    int end = putVarint(to, at, count);
    for (int i = 0; i < count; i++) {
      Header header = headers.get(i);
      String key = header.key();
      end = putUtf8(to, putVarint(to, end, Utf8.length(key)), key);
      byte[] value = header.value();
      if (value == null) {
        end = putVarint(to, end, -1);
      } else {
        end = putVarint(to, end, value.length);
        System.arraycopy(value, 0, to, end, value.length);
        end += value.length;
      }
    }
    return end;
  }

  static int putVarint(byte[] to, int at, int value) {
    return putGroups(to, at, Varints.zigZag(value) & 0xFFFF_FFFFL);
  }

  static int putVarlong(byte[] to, int at, long value) {
    return putGroups(to, at, Varints.zigZag(value));
  }

  private static int putGroups(byte[] to, int at, long zigZag) {
    int end = at;
    long rest = zigZag;
    while ((rest & ~0x7FL) != 0) {
      to[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[end++] = (byte) rest;
    return end;
  }

  private static int putUtf8(byte[] to, int at, String text) {
    int chars = text.length();
    int end = at;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        to[end++] = (byte) c;
      } else {
        int codePoint = text.codePointAt(i);
        end = putCodePoint(to, end, codePoint);
        i += Character.charCount(codePoint) - 1;
      }
    }
    return end;
  }

  /** An unpaired surrogate becomes a question mark, as {@link Utf8#length} counts it. */
  private static int putCodePoint(byte[] to, int at, int codePoint) {
    int end = at;
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      to[end++] = (byte) '?';
      return end;
    }
    if (codePoint < 0x800) {
      to[end++] = (byte) (0xC0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        to[end++] = (byte) (0xE0 | codePoint >> 12);
      } else {
        to[end++] = (byte) (0xF0 | codePoint >> 18);
        to[end++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
      }
      to[end++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
    }
    to[end++] = (byte) (0x80 | (codePoint & 0x3F));
    return end;
  }
}
