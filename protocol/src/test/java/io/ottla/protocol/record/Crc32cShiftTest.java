package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class Crc32cShiftTest {
  /** RFC 3720, B.4, and the check value of the catalogue of CRCs. */
  @Test
  void published_vectors_are_met_by_any_split() {
    byte[] ascending = new byte[32];
    byte[] ones = new byte[32];
    for (int i = 0; i < 32; i++) {
      ascending[i] = (byte) i;
      ones[i] = (byte) 0xFF;
    }

    assertEverySplit(new byte[32], 0x8A9136AA);
    assertEverySplit(ones, 0x62A8AB43);
    assertEverySplit(ascending, 0x46DD794E);
    assertEverySplit("123456789".getBytes(StandardCharsets.US_ASCII), 0xE3069283);
  }

  @Test
  void combining_equals_computing_over_everything() {
    Seeds.run(
        200,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = new byte[1 + random.nextInt(100_000)];
          random.nextBytes(bytes);
          int split = random.nextInt(bytes.length + 1);

          assertThat(combined(bytes, split)).isEqualTo(crc(bytes, 0, bytes.length));
        });
  }

  @Test
  void a_shift_over_many_bytes_equals_many_shifts_over_few() {
    int crc = 0x12345678;
    int most = Integer.MAX_VALUE;
    int half = most / 2;

    int twice = Crc32cShift.over(most - half).combine(Crc32cShift.over(half).combine(crc, 0), 0);

    assertThat(Crc32cShift.over(most).combine(crc, 0)).isEqualTo(twice);
  }

  private static void assertEverySplit(byte[] bytes, int expected) {
    assertThat(crc(bytes, 0, bytes.length)).isEqualTo(expected);
    for (int split = 0; split <= bytes.length; split++) {
      assertThat(combined(bytes, split)).as("split at %d", split).isEqualTo(expected);
    }
  }

  private static int combined(byte[] bytes, int split) {
    int rest = bytes.length - split;
    return Crc32cShift.over(rest).combine(crc(bytes, 0, split), crc(bytes, split, rest));
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
