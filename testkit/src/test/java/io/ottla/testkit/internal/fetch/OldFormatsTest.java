package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.ControlRecord;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OldFormatsTest extends FetchTestBase {
  private static final List<Header> HEADERS = List.of(new Header("h", new byte[] {1}));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void each_version_has_the_format_of_its_time(int version) {
    create("a", 1);
    append("a", 0, Batches.of("x", "y"), Batches.of("z"));

    PartitionData data = fetchFrom(0, version);

    assertThat(values(data.records())).containsExactly("x", "y", "z");
    assertThat(batches(data))
        .allSatisfy(batch -> assertThat(batch.magic()).isEqualTo(magic(version)));
    assertThat(batches(data).get(0).maxTimestamp()).isEqualTo(version < 2 ? -1 : Batches.TIMESTAMP);
    assertThat(batches(data)).last().satisfies(last -> assertThat(last.lastOffset()).isEqualTo(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void a_compressed_batch_stays_compressed_and_whole(int version) {
    create("a", 1);
    append("a", 0, Batches.of("x"));
    append("a", 0, Batches.of(Compression.gzip(), List.of(), "1", "2", "3"));

    PartitionData data = fetchFrom(2, version);

    assertThat(values(data.records())).containsExactly("1", "2", "3");
    assertThat(batches(data)).hasSize(1);
    RecordBatch batch = batches(data).get(0);
    assertThat(batch.codec()).isEqualTo(Codec.GZIP);
    assertThat(batch.magic()).isEqualTo(magic(version));
    assertThat(batch.baseOffset()).isEqualTo(1);
    assertThat(batch.lastOffset()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void an_uncompressed_batch_begins_where_the_reader_is(int version) {
    create("a", 1);
    append("a", 0, Batches.of("x", "y", "z"));

    PartitionData data = fetchFrom(1, version);

    assertThat(values(data.records())).containsExactly("y", "z");
    assertThat(batches(data).get(0).baseOffset()).isEqualTo(1);
  }

  @Test
  void headers_are_lost_and_transactions_forgotten() {
    create("a", 1);
    append("a", 0, Batches.of(Compression.none(), HEADERS, "x"), Batches.inTransaction(7, "y"));
    append("a", 0, Batches.marker(7, ControlRecord.Type.COMMIT), Batches.of("z"));

    PartitionData data = fetchFrom(0, 3);

    assertThat(values(data.records())).containsExactly("x", "y", "z");
    assertThat(batches(data)).last().satisfies(last -> assertThat(last.baseOffset()).isEqualTo(3));
  }

  @Test
  void a_time_that_the_broker_set_stays_its_own() {
    create("a", 1);
    append("a", 0, Batches.atLogAppendTime(Batches.TIMESTAMP + 5, "x"));

    RecordBatch set = batches(fetchFrom(0, 2)).get(0);

    assertThat(set.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(set.maxTimestamp()).isEqualTo(Batches.TIMESTAMP + 5);
  }

  @Test
  void where_only_markers_are_left_the_answer_looks_too_small_for_a_message() {
    create("a", 1);
    append("a", 0, Batches.inTransaction(7, "y"), Batches.marker(7, ControlRecord.Type.COMMIT));

    PartitionData data = fetchFrom(1, 1);

    assertThat(size(data)).isPositive();
    assertThat(values(data.records())).isEmpty();
  }

  @Test
  void records_in_zstd_are_refused_to_those_who_need_message_sets() {
    create("a", 1);
    append("a", 0, Batches.of(Compression.zstd(), List.of(), "x"));

    assertThat(error(fetchFrom(0, 3))).isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    assertThat(values(fetchFrom(0, 4).records())).containsExactly("x");
  }

  @Test
  void a_topic_in_zstd_is_refused_below_version_10_by_brokers_before_4_0() {
    create("a", 1, Map.of("compression.type", "zstd"));
    append("a", 0, Batches.of(Compression.zstd(), List.of(), "x"));
    assertThat(values(fetchFrom(0, 9).records())).containsExactly("x");

    settings.refusesZstdToOldReaders = true;

    PartitionData refused = fetchFrom(0, 9);
    assertThat(error(refused)).isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    assertThat(refused.highWatermark()).isEqualTo(-1);
    assertThat(size(refused)).isZero();
    assertThat(values(fetchFrom(0, 10).records())).containsExactly("x");
  }

  @Test
  void a_topic_may_forbid_old_readers() {
    create("a", 1, Map.of("message.downconversion.enable", "false"));
    append("a", 0, Batches.of("x"));

    assertThat(error(fetchFrom(0, 3))).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
    assertThat(error(fetchFrom(0, 4))).isEqualTo(ErrorCode.NONE);
  }

  private PartitionData fetchFrom(long offset, int version) {
    return only(fetch(request(topic("a", reading(0, offset))), version));
  }

  private static byte magic(int version) {
    return (byte) (version < 2 ? 0 : version < 4 ? 1 : 2);
  }

  private static List<RecordBatch> batches(PartitionData data) {
    List<RecordBatch> batches = new ArrayList<>();
    ByteBuffer records = Objects.requireNonNull(data.records());
    RecordBatches.of(records).forEach(batches::add);
    return batches;
  }
}
