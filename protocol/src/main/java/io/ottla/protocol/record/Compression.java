package io.ottla.protocol.record;

import java.util.Objects;

/**
 * How to compress a batch: a codec and how hard it tries.
 *
 * @param codec the codec
 * @param level what the codec takes: gzip 1 to 9 or −1 for its default; lz4 0 for the fast form or
 *     1 to 17 for the thorough one; zstd −131072 to 22; none and snappy 0 only
 */
public record Compression(Codec codec, int level) {
  private static final int GZIP_DEFAULT = -1;
  private static final int LZ4_FAST = 0;
  private static final int ZSTD_DEFAULT = 3;

  private static final Compression NONE = new Compression(Codec.NONE, 0);

  /** Checks the level. */
  public Compression {
    Objects.requireNonNull(codec, "codec");
    switch (codec) {
      case NONE, SNAPPY -> checkLevel(codec, level, 0, 0);
      case GZIP -> {
        if (level != GZIP_DEFAULT) {
          checkLevel(codec, level, 1, 9);
        }
      }
      case LZ4 -> checkLevel(codec, level, LZ4_FAST, 17);
      case ZSTD -> checkLevel(codec, level, -131072, 22);
    }
  }

  /** No compression. */
  public static Compression none() {
    return NONE;
  }

  /** gzip at its default level. */
  public static Compression gzip() {
    return gzip(GZIP_DEFAULT);
  }

  /**
   * gzip.
   *
   * @param level 1 (fast) to 9 (small), or −1 for the default
   */
  public static Compression gzip(int level) {
    return new Compression(Codec.GZIP, level);
  }

  /** snappy, which has no levels. */
  public static Compression snappy() {
    return new Compression(Codec.SNAPPY, 0);
  }

  /** lz4 in its fast form. */
  public static Compression lz4() {
    return lz4(LZ4_FAST);
  }

  /**
   * lz4.
   *
   * @param level 0 for the fast form, or 1 to 17 (small) for the thorough one
   */
  public static Compression lz4(int level) {
    return new Compression(Codec.LZ4, level);
  }

  /** zstd at level 3. */
  public static Compression zstd() {
    return zstd(ZSTD_DEFAULT);
  }

  /**
   * zstd.
   *
   * @param level −131072 (fast) to 22 (small)
   */
  public static Compression zstd(int level) {
    return new Compression(Codec.ZSTD, level);
  }

  /** A codec at its default level. */
  public static Compression of(Codec codec) {
    return switch (codec) {
      case NONE -> none();
      case GZIP -> gzip();
      case SNAPPY -> snappy();
      case LZ4 -> lz4();
      case ZSTD -> zstd();
    };
  }

  private static void checkLevel(Codec codec, int level, int lowest, int highest) {
    if (level < lowest || level > highest) {
      throw new IllegalArgumentException(
          codec
              + (lowest == highest
                  ? " has no levels: " + level + " must be " + lowest
                  : " has no level " + level + ", only " + lowest + " to " + highest));
    }
  }
}
