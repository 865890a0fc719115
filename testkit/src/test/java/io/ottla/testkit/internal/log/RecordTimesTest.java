package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTimesTest extends LogTestBase {
  private final long now = timers.nowMillis();

  @Test
  void the_first_record_that_is_not_earlier_is_found() {
    append(TestBatch.empty().record(now).record(now + 20).record(now + 10));
    append(TestBatch.empty().record(now + 30).record(now + 40).codec(Codec.LZ4));

    assertThat(log.offsetForTimestamp(now + 5)).isEqualTo(new FoundOffset(now + 20, 1, EPOCH));
    assertThat(log.offsetForTimestamp(now + 20)).isEqualTo(new FoundOffset(now + 20, 1, EPOCH));
    assertThat(log.offsetForTimestamp(now + 31)).isEqualTo(new FoundOffset(now + 40, 4, EPOCH));
    assertThat(log.offsetForTimestamp(now + 41)).isNull();
  }

  @Test
  void records_before_the_start_are_not_found() {
    append(TestBatch.empty().record(now + 3).record(now + 1).record(now + 2));

    log.deleteRecordsBefore(1);

    assertThat(log.offsetForTimestamp(now)).isEqualTo(new FoundOffset(now + 1, 1, EPOCH));
  }

  @Test
  void the_first_record_with_the_latest_time_is_found() {
    append(TestBatch.empty().record(now).record(now + 9));
    append(TestBatch.empty().record(now + 3).record(now + 9));

    assertThat(log.maxTimestamp()).isEqualTo(new FoundOffset(now + 9, 1, EPOCH));
  }

  @Test
  void the_brokers_time_counts_where_it_gives_it() {
    settings.timestampType = TimestampType.LOG_APPEND_TIME;
    append(TestBatch.of(2));
    timers.advance(100);
    append(TestBatch.of(2));

    assertThat(log.maxTimestamp()).isEqualTo(new FoundOffset(now + 100, 2, EPOCH));
    assertThat(log.offsetForTimestamp(now + 1)).isEqualTo(new FoundOffset(now + 100, 2, EPOCH));
  }

  @Test
  void an_empty_log_has_no_latest_time() {
    assertThat(log.maxTimestamp()).isNull();
    assertThat(log.offsetForTimestamp(0)).isNull();
  }
}
