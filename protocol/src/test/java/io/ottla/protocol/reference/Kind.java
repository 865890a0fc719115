package io.ottla.protocol.reference;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/** The types that a definition knows, and the Java type that ours must have for each. */
enum Kind {
  BOOL(boolean.class),
  INT8(byte.class),
  INT16(short.class),
  UINT16(int.class),
  INT32(int.class),
  UINT32(long.class),
  INT64(long.class),
  FLOAT64(double.class),
  STRING(String.class),
  UUID(UUID.class),
  BYTES(byte[].class),
  RECORDS(ByteBuffer.class),
  /** Its Java type is the nested class of the struct's name. */
  STRUCT(Object.class);

  private final Class<?> ours;

  Kind(Class<?> ours) {
    this.ours = ours;
  }

  static Kind of(String elementType) {
    return Character.isUpperCase(elementType.charAt(0))
        ? STRUCT
        : valueOf(elementType.toUpperCase(Locale.ROOT));
  }

  Class<?> ours() {
    return ours;
  }

  boolean isReference() {
    return !ours.isPrimitive();
  }
}
