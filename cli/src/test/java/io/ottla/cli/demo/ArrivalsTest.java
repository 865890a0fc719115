package io.ottla.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals();

  @Test
  void all_in_order_is_perfect() {
    arrive(0, 1, 2, 3);

    assertThat(counts(4)).containsExactly(0L, 0L, 0L);
  }

  @Test
  void a_record_that_never_comes_is_lost() {
    arrive(0, 2, 3);

    assertThat(counts(4)).containsExactly(1L, 0L, 0L);
  }

  @Test
  void records_missing_at_the_end_are_lost() {
    arrive(0, 1);

    assertThat(counts(5)).containsExactly(3L, 0L, 0L);
  }

  @Test
  void a_record_that_comes_again_is_doubled() {
    arrive(0, 1, 1, 0, 2);

    assertThat(counts(3)).containsExactly(0L, 2L, 0L);
  }

  @Test
  void a_record_that_comes_late_is_out_of_order_not_lost() {
    arrive(0, 2, 1, 3);

    assertThat(counts(4)).containsExactly(0L, 0L, 1L);
  }

  @Test
  void a_late_record_that_comes_twice_is_doubled_once() {
    arrive(0, 2, 1, 1, 3);

    assertThat(counts(4)).containsExactly(0L, 1L, 1L);
  }

  @Test
  void more_are_lost_than_can_be_tracked() {
    arrive(0, 1_000_000);

    assertThat(counts(1_000_001)).containsExactly(999_999L, 0L, 0L);
  }

  @Test
  void keys_are_counted_apart() {
    arrivals.arrived(new Stamp(1, 0));
    arrivals.arrived(new Stamp(2, 0));

    assertThat(arrivals.doubled()).isZero();
  }

  @Test
  void checksums_depend_on_bytes_and_order() {
    Checksums one = sums("a", "b");

    assertThat(sums("a", "b").differences(one)).isZero();
    assertThat(sums("a", "b").total()).isEqualTo(one.total());
    assertThat(sums("b", "a").differences(one)).isEqualTo(1);
    assertThat(sums("a", "c").total()).isNotEqualTo(one.total());
    assertThat(sums("a").differences(one)).isEqualTo(1);
    assertThat(sums("a", "b", "").differences(one)).isEqualTo(1);
  }

  @Test
  void a_stamp_is_read_back_from_its_headers_and_others_are_none() {
    Stamp stamp = new Stamp(999, 1L << 40);

    assertThat(Stamp.of(stamp.asHeaders())).isEqualTo(stamp);
    assertThat(Stamp.of(List.of())).isNull();
    assertThat(Stamp.of(new Stamp(1_000, 0).asHeaders())).isNull();
  }

  private void arrive(long... numbers) {
    for (long number : numbers) {
      arrivals.arrived(new Stamp(7, number));
    }
  }

  private List<Long> counts(long writtenOfKey7) {
    long[] written = new long[Keys.COUNT];
    written[7] = writtenOfKey7;
    return List.of(arrivals.lost(written), arrivals.doubled(), arrivals.outOfOrder());
  }

  private static Checksums sums(String... values) {
    Checksums sums = new Checksums();
    for (String value : values) {
      sums.add(
          3,
          ByteBuffer.wrap(Keys.bytes(3)),
          ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }
    return sums;
  }
}
