package io.ottla.protocol.record;

/**
 * The ways to compress the records of a batch.
 *
 * <p>What a codec needs at run time is loaded at its first use, from {@link #artifact}.
 */
public enum Codec {
  /** As they are. */
  NONE(0, "java.base"),
  /** Small and slow; runs everywhere. */
  GZIP(1, "java.base"),
  /** Fast, in the framing of the Xerial library. */
  SNAPPY(2, "org.xerial.snappy:snappy-java"),
  /** Fastest, in the LZ4 frame format. */
  LZ4(3, "at.yawk.lz4:lz4-java"),
  /** Small and fast; brokers know it since 2.1. */
  ZSTD(4, "com.github.luben:zstd-jni");

  private static final Codec[] BY_ID = values();

  private final int id;
  private final String artifact;

  Codec(int id, String artifact) {
    this.id = id;
    this.artifact = artifact;
  }

  /** Its number in a batch's attributes. */
  public int id() {
    return id;
  }

  /** The artifact that it needs on the class path, as {@code groupId:artifactId}. */
  public String artifact() {
    return artifact;
  }

  /**
   * Its number in a batch's attributes, looked up.
   *
   * @throws CorruptBatchException if no codec has that number
   */
  static Codec of(int id) {
    if (id >= BY_ID.length) {
      throw new CorruptBatchException("there is no codec with number " + id);
    }
    return BY_ID[id];
  }

  /**
   * Checks that this codec can be used here and now.
   *
   * @throws MissingCodecException if its library is missing or does not run on this machine
   */
  public void requireUsable() {
    if (this != NONE) {
      compressor();
    }
  }

  /**
   * What does the work.
   *
   * @throws MissingCodecException if its library is missing or does not run on this machine
   */
  Compressor compressor() {
    try {
      return switch (this) {
        case NONE -> throw new IllegalStateException("NONE compresses nothing");
        case GZIP -> GzipCompressor.INSTANCE;
        case SNAPPY -> SnappyCompressor.INSTANCE;
        case LZ4 -> Lz4Compressor.INSTANCE;
        case ZSTD -> ZstdCompressor.INSTANCE;
      };
    } catch (LinkageError missing) {
      throw new MissingCodecException(this, missing);
    }
  }

  /**
   * What does the work in a legacy message set.
   *
   * @throws MissingCodecException if its library is missing or does not run on this machine
   */
  Compressor compressor(byte magic) {
    try {
      return this == LZ4 && magic == 0 ? Lz4Compressor.OF_MAGIC_0 : compressor();
    } catch (LinkageError missing) {
      throw new MissingCodecException(this, missing);
    }
  }
}
