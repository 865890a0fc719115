package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.Varints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShortVarintTest {
  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1, 63, -64, 64, -65, 8191, -8192, 8192, -8193, 1048575, -1048576})
  void a_short_value_has_the_bytes_of_the_long_form(int value) {
    byte[] expected = new byte[8];
    int size = RecordEncoding.putVarint(expected, 0, value);

    long varint = ShortVarint.of(Varints.zigZag((long) value));

    assertThat(ShortVarint.bits(varint)).isEqualTo(8 * size);
    for (int i = 0; i < 4; i++) {
      assertThat((byte) (ShortVarint.bytes(varint) >> (8 * i))).isEqualTo(expected[i]);
    }
  }

  @Test
  void four_bytes_are_too_long() {
    assertThat(ShortVarint.of(Varints.zigZag(1048576L))).isEqualTo(ShortVarint.TOO_LONG);
    assertThat(ShortVarint.of(Varints.zigZag(-1048577L))).isEqualTo(ShortVarint.TOO_LONG);
    assertThat(ShortVarint.of(Varints.zigZag(Long.MIN_VALUE))).isEqualTo(ShortVarint.TOO_LONG);
  }
}
