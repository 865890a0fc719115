package io.ottla.protocol.record;

import io.ottla.protocol.ProtocolException;

/** The library that a codec needs is not there, or does not run on this machine. */
public final class MissingCodecException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final Codec codec;

  MissingCodecException(Codec codec, Throwable cause) {
    super(
        cause instanceof NoClassDefFoundError
            ? "no library for " + codec + ": add " + codec.artifact() + " to the class path"
            : "the library for " + codec + ", " + codec.artifact() + ", cannot be used: " + cause,
        cause);
    this.codec = codec;
  }

  /** The codec that was asked for. */
  public Codec codec() {
    return codec;
  }

  /** The artifact to add, as {@code groupId:artifactId}. */
  public String artifact() {
    return codec.artifact();
  }
}
