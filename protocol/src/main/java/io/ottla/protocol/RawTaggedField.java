package io.ottla.protocol;

import java.util.Arrays;

/**
 * A tagged field that this version of Ottla does not know: kept as it came, written back unchanged.
 *
 * @param tag the number of the field, unique within its struct
 * @param data the field's bytes; the array is shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below treat it as a value
public record RawTaggedField(int tag, byte[] data) {
  @Override
  public boolean equals(Object other) {
    return other instanceof RawTaggedField that
        && tag == that.tag
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * tag + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "tag " + tag + ": " + data.length + " bytes";
  }
}
