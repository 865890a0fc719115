package io.ottla.protocol.record;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A name and a value that ride on a record. Equal by content.
 *
 * @param key the name; several headers of a record may share it
 * @param value the bytes, not copied; null and empty are different things
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, below
public record Header(String key, byte @Nullable [] value) {
  /** Checks that there is a name. */
  public Header(String key, byte @Nullable [] value) {
    this.key = Objects.requireNonNull(key, "key");
    this.value = value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Header that && key.equals(that.key) && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return key + "=" + (value == null ? "null" : value.length + " bytes");
  }
}
