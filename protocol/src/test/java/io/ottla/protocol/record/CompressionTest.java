package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CompressionTest {
  /** The default, the extremes, and something between. */
  static List<Compression> someLevels(Codec codec) {
    return switch (codec) {
      case NONE -> List.of(Compression.none());
      case GZIP ->
          List.of(
              Compression.gzip(), Compression.gzip(1), Compression.gzip(6), Compression.gzip(9));
      case SNAPPY -> List.of(Compression.snappy());
      case LZ4 ->
          List.of(Compression.lz4(), Compression.lz4(1), Compression.lz4(9), Compression.lz4(17));
      case ZSTD ->
          List.of(
              Compression.zstd(),
              Compression.zstd(-131072),
              Compression.zstd(-1),
              Compression.zstd(0),
              Compression.zstd(22));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 1",
    "SNAPPY, 1",
    "SNAPPY, -1",
    "GZIP, 0",
    "GZIP, 10",
    "GZIP, -2",
    "LZ4, -1",
    "LZ4, 18",
    "ZSTD, 23",
    "ZSTD, -131073"
  })
  void a_level_that_the_codec_does_not_have_is_refused(Codec codec, int level) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Compression(codec, level))
        .withMessageContaining(codec.name())
        .withMessageContaining(String.valueOf(level));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void every_codec_has_a_default(Codec codec) {
    assertThat(Compression.of(codec).codec()).isEqualTo(codec);
  }

  @Test
  void the_limits_are_those_of_the_libraries() {
    assertThat(com.github.luben.zstd.Zstd.minCompressionLevel()).isEqualTo(-131072);
    assertThat(com.github.luben.zstd.Zstd.maxCompressionLevel()).isEqualTo(22);
  }
}
