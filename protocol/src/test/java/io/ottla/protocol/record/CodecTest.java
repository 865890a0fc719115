package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

/** What other writers make of bytes, and what ours do. */
final class CodecTest {
  private static final byte[] TEXT = text(300_000);

  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  static Stream<Compression> levels() {
    return Stream.of(Codec.GZIP, Codec.SNAPPY, Codec.LZ4, Codec.ZSTD)
        .flatMap(codec -> CompressionTest.someLevels(codec).stream());
  }

  @ParameterizedTest
  @MethodSource("levels")
  void bytes_of_any_length_survive(Compression compression) {
    Compressor compressor = compression.codec().compressor();
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    int[] lengths = {1, 2, 100, 32 << 10, (32 << 10) + 1, 64 << 10, (64 << 10) + 1, 200_000};

    for (byte[] source : new byte[][] {TEXT, noise}) {
      for (int length : lengths) {
        byte[] bytes = java.util.Arrays.copyOf(source, length);

        byte[] compressed = compress(compressor, compression.level(), bytes);

        assertThat(decompress(compressor, compressed)).as("%d bytes", length).isEqualTo(bytes);
      }
    }
  }

  @Test
  void a_higher_level_makes_fewer_bytes() {
    for (Compression[] pair :
        new Compression[][] {
          {Compression.gzip(1), Compression.gzip(9)},
          {Compression.lz4(), Compression.lz4(12)},
          {Compression.zstd(-50), Compression.zstd(19)}
        }) {
      Compressor compressor = pair[0].codec().compressor();

      int fast = compress(compressor, pair[0].level(), TEXT).length;
      int small = compress(compressor, pair[1].level(), TEXT).length;

      assertThat(small).as("%s against %s", pair[1], pair[0]).isLessThan(fast);
    }
  }

  @Test
  void gzip_members_with_every_optional_field_are_read_as_one() throws IOException {
    byte[] member = gzip(TEXT);
    byte[] fields = {2, 0, 'x', 'y', 'n', 0, 'c', 'c', 0, 0x55, 0x55};
    ByteBuffer all = ByteBuffer.allocate(2 * member.length + fields.length);
    all.put(member);
    all.put(member, 0, 10).put(member.length + 3, (byte) 0x1E); // all four flags
    all.put(fields).put(member, 10, member.length - 10);

    byte[] both = decompress(GzipCompressor.INSTANCE, all.array());

    assertThat(both).hasSize(2 * TEXT.length).startsWith(TEXT).endsWith(TEXT);
  }

  @Test
  void snappy_is_read_with_and_without_its_frame() throws IOException {
    byte[] raw = Snappy.compress(TEXT);
    ByteBuffer twice = ByteBuffer.allocate(2 * (raw.length + 20));
    for (int i = 0; i < 2; i++) {
      twice.put(new byte[] {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1});
      twice.putInt(raw.length).put(raw);
    }

    assertThat(decompress(SnappyCompressor.INSTANCE, raw)).isEqualTo(TEXT);
    assertThat(decompress(SnappyCompressor.INSTANCE, twice.array()))
        .hasSize(2 * TEXT.length)
        .endsWith(TEXT);
  }

  @Test
  void zstd_frames_are_read_as_one() {
    byte[] frame = Zstd.compress(TEXT, 19);
    byte[] two = ByteBuffer.allocate(2 * frame.length).put(frame).put(frame).array();

    assertThat(decompress(ZstdCompressor.INSTANCE, two)).hasSize(2 * TEXT.length).endsWith(TEXT);
  }

  @ParameterizedTest
  @EnumSource(BLOCKSIZE.class)
  void lz4_frames_of_every_block_size_are_read_with_all_checksums(BLOCKSIZE size)
      throws IOException {
    byte[] frame =
        lz4(size, FLG.Bits.CONTENT_SIZE, FLG.Bits.CONTENT_CHECKSUM, FLG.Bits.BLOCK_CHECKSUM);

    assertThat(decompress(Lz4Compressor.INSTANCE, frame)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource(
      value = FLG.Bits.class,
      names = {"CONTENT_CHECKSUM", "BLOCK_CHECKSUM", "CONTENT_SIZE"})
  void each_lz4_check_is_made(FLG.Bits check) throws IOException {
    byte[] frame = lz4(BLOCKSIZE.SIZE_64KB, check);
    int at =
        switch (check) {
          case CONTENT_CHECKSUM -> frame.length - 1;
          case BLOCK_CHECKSUM -> frame.length - 5;
          default -> 8;
        };
    frame[at] ^= 1;
    if (check == FLG.Bits.CONTENT_SIZE) {
      frame[14] = (byte) (XXHashFactory.fastestInstance().hash32().hash(frame, 4, 10, 0) >> 8);
    }

    assertCorrupt(Lz4Compressor.INSTANCE, frame);
  }

  @Test
  void linked_lz4_blocks_are_refused_by_name() {
    byte[] frame = compress(Lz4Compressor.INSTANCE, 0, TEXT);
    frame[4] = 0x40;
    frame[6] = (byte) (XXHashFactory.fastestInstance().hash32().hash(frame, 4, 2, 0) >> 8);

    assertThat(catchThrowable(() -> decompress(Lz4Compressor.INSTANCE, frame)))
        .isInstanceOf(CorruptBatchException.class)
        .hasMessageContaining("linked blocks");
  }

  @Test
  void the_wrong_lz4_header_checksum_of_magic_0_is_written_there_and_read_only_there() {
    byte[] wrong = compress(Lz4Compressor.OF_MAGIC_0, 0, TEXT);
    byte[] right = compress(Lz4Compressor.INSTANCE, 0, TEXT);

    assertThat(wrong[6]).isNotEqualTo(right[6]);
    assertThat(decompress(Lz4Compressor.OF_MAGIC_0, wrong)).isEqualTo(TEXT);
    assertThat(decompress(Lz4Compressor.OF_MAGIC_0, right)).isEqualTo(TEXT);
    assertThat(decompress(Lz4Compressor.INSTANCE, right)).isEqualTo(TEXT);
    assertCorrupt(Lz4Compressor.INSTANCE, wrong);
    wrong[6] ^= 0x10;
    if (wrong[6] != right[6]) {
      assertCorrupt(Lz4Compressor.OF_MAGIC_0, wrong);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "SNAPPY", "LZ4", "ZSTD"})
  void every_truncation_is_a_typed_error(Codec codec) {
    Compressor compressor = codec.compressor();
    byte[] bytes = java.util.Arrays.copyOf(TEXT, 2000);
    byte[] compressed = compress(compressor, Compression.of(codec).level(), bytes);

    for (int length = 0; length < compressed.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(compressed, length);
      Throwable result =
          catchThrowable(() -> assertThat(decompress(compressor, cut)).isNotEqualTo(bytes));
      if (codec == Codec.SNAPPY && (length == 16 || result == null)) {
        assertThat(length).as("a frame without chunks").isEqualTo(16);
      } else {
        assertThat(result).as("%d bytes", length).isInstanceOf(CorruptBatchException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "SNAPPY", "LZ4", "ZSTD"})
  void the_limit_is_exact(Codec codec) {
    Compressor compressor = codec.compressor();
    byte[] compressed = compress(compressor, Compression.of(codec).level(), TEXT);

    Decoding enough = new Decoding(pool, TEXT.length);
    ByteBuffer all = enough.decompress(compressor, ByteBuffer.wrap(compressed));
    assertThat(all.remaining()).isEqualTo(TEXT.length);
    pool.release(all);

    Decoding oneLess = new Decoding(pool, TEXT.length - 1);
    assertThatExceptionOfType(BatchTooLargeException.class)
        .isThrownBy(() -> oneLess.decompress(compressor, ByteBuffer.wrap(compressed)))
        .satisfies(e -> assertThat(e.maxBytes()).isEqualTo(TEXT.length - 1))
        .withMessageContaining("raise that limit");
  }

  private void assertCorrupt(Compressor compressor, byte[] compressed) {
    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> decompress(compressor, compressed));
  }

  private byte[] compress(Compressor compressor, int level, byte[] bytes) {
    ByteBuffer source = ByteBuffer.allocateDirect(bytes.length + 3).position(3).put(bytes).flip();
    try (GrowingBuffer target = new GrowingBuffer(pool, 1, Integer.MAX_VALUE, 0)) {
      compressor.compress(source.position(3), level, target);
      assertThat(source.position()).isEqualTo(3);
      byte[] compressed = new byte[target.size()];
      target.room(0).get(0, compressed);
      return compressed;
    }
  }

  private byte[] decompress(Compressor compressor, byte[] compressed) {
    ByteBuffer out =
        new Decoding(pool, 1 << 20).decompress(compressor, ByteBuffer.wrap(compressed));
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    pool.release(out);
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] lz4(BLOCKSIZE size, FLG.Bits... checks) throws IOException {
    FLG.Bits[] bits = java.util.Arrays.copyOf(checks, checks.length + 1);
    bits[checks.length] = FLG.Bits.BLOCK_INDEPENDENCE;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LZ4FrameOutputStream frame = new LZ4FrameOutputStream(out, size, TEXT.length, bits)) {
      frame.write(TEXT);
    }
    byte[] bytes = out.toByteArray();
    assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt())
        .isEqualTo(0x184D2204);
    return bytes;
  }

  /** Words in no order: what every codec can make smaller, but not to nothing. */
  private static byte[] text(int length) {
    Random random = new Random(42);
    byte[] text = new byte[length];
    for (int i = 0; i < length; ) {
      int word = random.nextInt(300);
      for (int j = 0; j < 3 + word % 7 && i < length; j++) {
        text[i++] = (byte) ('a' + (word * (j + 11)) % 26);
      }
      if (i < length) {
        text[i++] = ' ';
      }
    }
    return text;
  }
}
