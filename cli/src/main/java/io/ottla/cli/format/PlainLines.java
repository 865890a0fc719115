package io.ottla.cli.format;

import org.jspecify.annotations.Nullable;

/**
 * Lines that are values, perhaps behind a key and a delimiter.
 *
 * @param delimiter what ends the key; null if there are no keys
 * @param isEmptyNull whether an empty value is a tombstone
 */
public record PlainLines(@Nullable KeyDelimiter delimiter, boolean isEmptyNull)
    implements LineFormat {
  @Override
  public boolean read(byte[] line, int offset, int length, OutgoingRecord into) {
    int valueOffset = offset;
    int keyLength = delimiter == null ? -1 : delimiter.find(line, offset, length);
    if (delimiter != null && keyLength >= 0) {
      into.key(line, offset, keyLength);
      valueOffset = offset + keyLength + delimiter.length();
    }
    int valueLength = offset + length - valueOffset;
    if (valueLength > 0 || !isEmptyNull) {
      into.value(line, valueOffset, valueLength);
    }
    return true;
  }
}
