package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** KIP-101 and KIP-320, as Kafka answers them. */
class LeaderEpochsTest extends LogTestBase {
  @Test
  void a_log_that_has_seen_no_leader_knows_no_epoch() {
    assertThat(log.endOfEpoch(0)).isEqualTo(EpochEnd.UNKNOWN);
    assertThat(log.latestEpoch()).isEqualTo(-1);
    assertThat(log.epochAt(0)).isEqualTo(-1);
  }

  @Test
  void the_latest_epoch_ends_where_the_log_does() {
    log.append(TestBatch.of(3).bytes(), 2);

    assertThat(log.endOfEpoch(2)).isEqualTo(new EpochEnd(2, 3));
    assertThat(log.latestEpoch()).isEqualTo(2);
  }

  @Test
  void an_earlier_epoch_ends_where_the_next_one_begins() {
    writeEpochs2And5();

    assertThat(log.endOfEpoch(2)).isEqualTo(new EpochEnd(2, 3));
  }

  @Test
  void an_epoch_in_between_ends_with_the_one_before_it() {
    writeEpochs2And5();

    assertThat(log.endOfEpoch(4)).isEqualTo(new EpochEnd(2, 3));
  }

  @Test
  void an_epoch_before_all_known_ends_where_the_first_begins() {
    writeEpochs2And5();

    assertThat(log.endOfEpoch(1)).isEqualTo(new EpochEnd(1, 0));
  }

  @Test
  void an_epoch_to_come_and_none_at_all_are_unknown() {
    writeEpochs2And5();

    assertThat(log.endOfEpoch(6)).isEqualTo(EpochEnd.UNKNOWN);
    assertThat(log.endOfEpoch(-1)).isEqualTo(EpochEnd.UNKNOWN);
  }

  @Test
  void a_leader_that_has_written_nothing_yet_is_known() {
    log.append(TestBatch.of(3).bytes(), 2);
    log.beginEpoch(3);

    assertThat(log.endOfEpoch(3)).isEqualTo(new EpochEnd(3, 3));
    assertThat(log.endOfEpoch(2)).isEqualTo(new EpochEnd(2, 3));
  }

  @Test
  void a_leader_that_never_wrote_is_forgotten_with_the_next() {
    log.append(TestBatch.of(3).bytes(), 2);
    log.beginEpoch(3);
    log.beginEpoch(4);

    assertThat(log.endOfEpoch(3)).isEqualTo(new EpochEnd(2, 3));
  }

  @Test
  void a_leader_of_an_older_epoch_makes_the_later_ones_unknown() {
    writeEpochs2And5();
    log.append(TestBatch.of(1).bytes(), 4);

    assertThat(log.endOfEpoch(5)).isEqualTo(EpochEnd.UNKNOWN);
    assertThat(log.endOfEpoch(4)).isEqualTo(new EpochEnd(4, 6));
  }

  @Test
  void a_truncation_forgets_the_epochs_behind_it() {
    writeEpochs2And5();

    log.truncateTo(3);

    assertThat(log.latestEpoch()).isEqualTo(2);
    assertThat(log.endOfEpoch(5)).isEqualTo(EpochEnd.UNKNOWN);
  }

  @Test
  void deleted_records_take_their_epochs_along() {
    writeEpochs2And5();

    log.deleteRecordsBefore(4);

    assertThat(log.endOfEpoch(2)).isEqualTo(new EpochEnd(2, 4));
    assertThat(log.epochAt(4)).isEqualTo(5);
    assertThat(log.epochAt(3)).isEqualTo(-1);
  }

  @Test
  void each_offset_has_the_epoch_in_which_it_was_written() {
    writeEpochs2And5();

    assertThat(log.epochAt(0)).isEqualTo(2);
    assertThat(log.epochAt(2)).isEqualTo(2);
    assertThat(log.epochAt(3)).isEqualTo(5);
  }

  private void writeEpochs2And5() {
    log.append(TestBatch.of(3).bytes(), 2);
    log.append(TestBatch.of(2).bytes(), 5);
  }
}
