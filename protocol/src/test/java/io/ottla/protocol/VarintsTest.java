package io.ottla.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VarintsTest {
  private static final long SEED = 20_261_120L;

  /** Both sides of every power of two, and random numbers of every length. */
  private static LongStream samples() {
    Random random = new Random(SEED);
    LongStream.Builder samples = LongStream.builder();
    for (int bit = 0; bit < 64; bit++) {
      for (long around = -2; around <= 2; around++) {
        samples.add((1L << bit) + around).add(-(1L << bit) + around);
      }
      for (int i = 0; i < 20; i++) {
        samples.add(random.nextLong() >>> bit);
      }
    }
    return samples.build();
  }

  @Test
  void varint_returns_with_the_predicted_size() {
    samples().mapToInt(sample -> (int) sample).forEach(VarintsTest::roundTrip);
  }

  private static void roundTrip(int value) {
    WireWriter out = WireWriter.ofSize(0);
    out.writeVarint(value);
    out.writeUnsignedVarint(value);
    ByteBuffer bytes = out.toByteBuffer();

    assertThat(bytes.remaining())
        .as("bytes of %d", value)
        .isEqualTo(Varints.sizeOf(value) + Varints.sizeOfUnsigned(value));
    WireReader in = WireReader.of(bytes);
    assertThat(in.readVarint()).isEqualTo(value);
    assertThat(in.readUnsignedVarint()).isEqualTo(value);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void varlong_returns_with_the_predicted_size() {
    samples()
        .forEach(
            value -> {
              WireWriter out = WireWriter.ofSize(0);
              out.writeVarlong(value);
              ByteBuffer bytes = out.toByteBuffer();

              assertThat(bytes.remaining())
                  .as("bytes of %d", value)
                  .isEqualTo(Varints.sizeOf(value));
              assertThat(WireReader.of(bytes).readVarlong()).isEqualTo(value);
            });
  }

  @Test
  void zig_zag_is_undone() {
    samples()
        .forEach(
            value -> {
              assertThat(Varints.unZigZag(Varints.zigZag(value))).isEqualTo(value);
              assertThat(Varints.unZigZag(Varints.zigZag((int) value))).isEqualTo((int) value);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "-1, 01",
    "1, 02",
    "63, 7e",
    "-64, 7f",
    "64, 8001",
    "8191, fe7f",
    "-8193, 818001",
    "2147483647, feffffff0f",
    "-2147483648, ffffffff0f",
  })
  void varint_has_its_published_bytes(int value, String hex) {
    WireWriter out = WireWriter.ofSize(0);
    out.writeVarint(value);

    assertThat(hex(out)).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "-2147483649, 8180808010",
    "4294967296, 8080808020",
    "9223372036854775807, feffffffffffffffff01",
    "-9223372036854775808, ffffffffffffffffff01",
  })
  void varlong_has_its_published_bytes(long value, String hex) {
    WireWriter out = WireWriter.ofSize(0);
    out.writeVarlong(value);

    assertThat(hex(out)).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff1f", "8080808010", "ffffffffff", "808080808000"})
  void varint_of_more_than_32_bits_is_malformed(String hex) {
    assertThatThrownBy(() -> reader(hex).readUnsignedVarint())
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("more than 32 bits at byte 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffffffffffffff02", "80808080808080808002", "ffffffffffffffffffff01"})
  void varlong_of_more_than_64_bits_is_malformed(String hex) {
    assertThatThrownBy(() -> reader(hex).readVarlong())
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("more than 64 bits at byte 0");
  }

  @Test
  void padded_varint_is_read_for_its_value() {
    assertThat(reader("8000").readUnsignedVarint()).isZero();
    assertThat(reader("8580808000").readUnsignedVarint()).isEqualTo(5);
  }

  @Test
  void varint_that_stops_early_is_malformed() {
    List<String> cut = new ArrayList<>(List.of(""));
    for (int bytes = 1; bytes < 5; bytes++) {
      cut.add("ff".repeat(bytes));
    }
    for (String hex : cut) {
      assertThatThrownBy(() -> reader(hex).readUnsignedVarint())
          .as(hex)
          .isInstanceOf(MalformedMessageException.class);
      assertThatThrownBy(() -> reader(hex + "ffffffff").readVarlong())
          .as(hex)
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  private static WireReader reader(String hex) {
    return WireReader.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }

  private static String hex(WireWriter out) {
    byte[] bytes = new byte[out.toByteBuffer().remaining()];
    out.toByteBuffer().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
