package io.ottla.protocol.reference;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of writing a message.
 *
 * @param bytes what was written; null if it was refused
 * @param refusal why nothing was written; null if something was
 */
@SuppressWarnings("ArrayRecordComponent") // never compared by equals
record Outcome(byte @Nullable [] bytes, @Nullable RuntimeException refusal) {

  static Outcome of(Supplier<byte[]> writing) {
    try {
      return new Outcome(writing.get(), null);
    } catch (RuntimeException e) {
      return new Outcome(null, e);
    }
  }

  boolean isRefused() {
    return refusal != null;
  }

  /** Whether both were refused or both wrote the same. */
  boolean agreesWith(Outcome other) {
    return Arrays.equals(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return refusal == null ? Arrays.toString(bytes) : refusal.toString();
  }
}
