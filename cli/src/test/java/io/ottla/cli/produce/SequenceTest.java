package io.ottla.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceTest {
  @Test
  void sequence_numbers_go_from_the_largest_int_back_to_0() {
    assertThat(PartitionSender.after(5, 3)).isEqualTo(8);
    assertThat(PartitionSender.after(Integer.MAX_VALUE - 1, 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(PartitionSender.after(Integer.MAX_VALUE, 1)).isZero();
    assertThat(PartitionSender.after(Integer.MAX_VALUE - 1, 5)).isEqualTo(3);
  }
}
