package io.ottla.serde;

/** The usual serializers. */
public final class Serializers {
  private Serializers() {}

  /** Bytes as they are. */
  public static Serializer<byte[]> bytes() {
    return (value, to) -> to.write(value);
  }
}
