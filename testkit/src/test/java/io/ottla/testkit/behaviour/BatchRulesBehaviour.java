package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.record.Compression;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broker demands of the batches that it is to append. */
abstract class BatchRulesBehaviour extends Behaviour {
  private static final int CONTROL = 0x20;
  private static final int LOG_APPEND_TIME = 0x08;

  // ---- integrity

  @Test
  void a_wrong_crc_is_corrupt() {
    expectRefusal(TestBatch.of("a").wrongCrc(), ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void a_batch_cut_off_before_its_end_is_no_batch() {
    ByteBuffer batch = TestBatch.of("a", "b").bytes();

    expectRefusal(batch.slice(0, batch.limit() - 3), ErrorCode.INVALID_RECORD);
  }

  @Test
  void bytes_behind_the_batch_are_ignored_if_they_are_too_few_for_another() {
    ByteBuffer batch = TestBatch.of("a").bytes();
    ByteBuffer longer = ByteBuffer.allocate(batch.limit() + 11).put(batch).rewind();

    assertThat(error(produce(newTopic(1), longer).errorCode())).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void zeros_behind_the_batch_are_a_corrupt_one() {
    ByteBuffer batch = TestBatch.of("a").bytes();

    expectRefusal(
        ByteBuffer.allocate(batch.limit() + 100).put(batch).rewind(), ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void a_length_less_than_a_header_is_corrupt() {
    expectRefusal(
        TestBatch.of("a").change(batch -> batch.putInt(TestBatch.LENGTH, 10)).bytes(),
        ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void a_negative_length_is_corrupt() {
    expectRefusal(
        TestBatch.of("a").change(batch -> batch.putInt(TestBatch.LENGTH, -1)).bytes(),
        ErrorCode.CORRUPT_MESSAGE);
  }

  // ---- counts and offsets

  @Test
  void a_count_that_is_not_that_of_the_offsets_is_invalid() {
    expectRefusal(
        TestBatch.ofSize(3).change(batch -> batch.putInt(TestBatch.COUNT, 2)),
        ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_count_above_the_records_there_are_is_invalid() {
    expectRefusal(
        TestBatch.ofSize(3)
            .change(
                batch -> batch.putInt(TestBatch.COUNT, 4).putInt(TestBatch.LAST_OFFSET_DELTA, 3)),
        ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_count_below_the_records_there_are_is_invalid() {
    expectRefusal(
        TestBatch.ofSize(3)
            .change(
                batch -> batch.putInt(TestBatch.COUNT, 2).putInt(TestBatch.LAST_OFFSET_DELTA, 1)),
        ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_count_of_zero_or_less_is_invalid() {
    expectRefusal(
        TestBatch.ofSize(1)
            .change(
                batch -> batch.putInt(TestBatch.COUNT, 0).putInt(TestBatch.LAST_OFFSET_DELTA, -1)),
        ErrorCode.INVALID_RECORD);
    expectRefusal(
        TestBatch.ofSize(1).change(batch -> batch.putInt(TestBatch.COUNT, -1)),
        ErrorCode.INVALID_RECORD);
  }

  @Test
  void offset_deltas_of_compressed_records_must_grow() {
    ByteBuffer batch = withOffsetsThatFall();

    append(newTopic(1), TestBatch.gzipped(TestBatch.ofSize(2).bytes()));
    expectRefusal(
        TestBatch.gzipped(batch),
        cluster().has(Difference.OFFSETS_OF_RECORDS)
            ? ErrorCode.INVALID_RECORD
            : ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  @Test
  void offset_deltas_of_uncompressed_records_are_not_looked_at() {
    assertThat(error(produce(newTopic(1), withOffsetsThatFall()).errorCode()))
        .isEqualTo(
            cluster().has(Difference.OFFSETS_OF_RECORDS)
                ? ErrorCode.INVALID_RECORD
                : ErrorCode.NONE);
  }

  @Test
  void the_base_offset_of_a_producer_must_be_0() {
    expectRefusal(TestBatch.ofSize(2).change(b -> b.putLong(0, 77)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void the_leader_epoch_of_a_producer_is_not_looked_at() {
    Topic topic = newTopic(1);

    append(topic, TestBatch.of("a").change(b -> b.putInt(TestBatch.LEADER_EPOCH, 99)));

    assertThat(offsetFor(topic, -1).leaderEpoch()).isZero();
  }

  // ---- how many batches

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 13})
  void two_batches_in_one_partition_are_invalid(int version) {
    Topic topic = newTopic(1);

    PartitionProduceResponse answer =
        produce(
            topic, TestBatch.concat(TestBatch.of("a").bytes(), TestBatch.of("b").bytes()), version);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(endOffset(topic)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 13})
  void no_batch_at_all_is_invalid(int version) {
    Topic topic = newTopic(1);

    PartitionProduceResponse answer = produce(topic, ByteBuffer.allocate(0), version);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_RECORD);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void message_sets_are_invalid_in_versions_that_have_batches(int magic) {
    Topic topic = newTopic(1);

    PartitionProduceResponse answer = produce(topic, MessageSet.of(magic, "old"), 3);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_magic_that_nobody_knows_is_corrupt() {
    expectRefusal(
        TestBatch.of("a").change(batch -> batch.put(TestBatch.MAGIC, (byte) 3)),
        ErrorCode.CORRUPT_MESSAGE);
  }

  // ---- attributes

  @Test
  void control_batches_are_not_for_clients() {
    expectRefusal(
        TestBatch.of("a").change(batch -> batch.putShort(TestBatch.ATTRIBUTES, (short) CONTROL)),
        ErrorCode.INVALID_RECORD);
  }

  @Test
  void log_append_time_is_ignored_if_a_client_says_it() {
    Topic topic = newTopic(1);

    PartitionProduceResponse answer =
        produce(
            topic,
            TestBatch.of("a")
                .at(1000)
                .change(b -> b.putShort(TestBatch.ATTRIBUTES, (short) LOG_APPEND_TIME)));

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(answer.logAppendTimeMs()).isEqualTo(-1);
    assertThat(offsetFor(topic, 1000).timestamp()).isEqualTo(1000);
  }

  @Test
  void an_unknown_codec_is_refused() {
    expectRefusal(
        TestBatch.of("a").change(batch -> batch.putShort(TestBatch.ATTRIBUTES, (short) 7)),
        ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  static List<Compression> codecs() {
    return List.of(
        Compression.none(),
        Compression.gzip(),
        Compression.snappy(),
        Compression.lz4(),
        Compression.zstd());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void each_codec_is_taken(Compression compression) {
    Topic topic = newTopic(1);

    append(topic, TestBatch.ofSize(30).compressed(compression));

    assertThat(endOffset(topic)).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 7})
  void zstd_needs_version_7(int version) {
    Topic topic = newTopic(1);

    PartitionProduceResponse answer =
        produce(topic, TestBatch.of("a").compressed(Compression.zstd()).bytes(), version);

    assertThat(error(answer.errorCode()))
        .isEqualTo(version < 7 ? ErrorCode.UNSUPPORTED_COMPRESSION_TYPE : ErrorCode.NONE);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void a_wrong_count_is_found_in_compressed_batches_too(Compression compression) {
    expectRefusal(
        TestBatch.ofSize(3)
            .compressed(compression)
            .change(
                batch -> batch.putInt(TestBatch.COUNT, 2).putInt(TestBatch.LAST_OFFSET_DELTA, 1)),
        ErrorCode.INVALID_RECORD);
  }

  @Test
  void what_cannot_be_decompressed_is_an_error_of_the_server() {
    expectRefusal(
        TestBatch.of("a").change(batch -> batch.putShort(TestBatch.ATTRIBUTES, (short) 1)),
        ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  // ---- timestamps

  @Test
  void records_far_in_the_future_are_refused_each_by_its_index() {
    long tomorrow = System.currentTimeMillis() + 25 * 3_600_000L;
    Topic topic = newTopic(1);

    PartitionProduceResponse answer =
        produce(
            topic,
            TestBatch.of("a").recordAt(tomorrow, "b").recordAt(0, "c").recordAt(tomorrow, "d"));

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
    assertThat(answer.recordErrors())
        .extracting(BatchIndexAndErrorMessage::batchIndex)
        .containsExactly(1, 3);
    assertThat(answer.errorMessage()).isNotEmpty();
    assertThat(endOffset(topic)).isZero();
  }

  @Test
  void records_of_any_past_are_taken() {
    Topic topic = newTopic(1);

    assertThat(append(topic, TestBatch.of("a").at(1))).isZero();
  }

  @Test
  void topics_say_how_far_from_now_records_may_be() {
    Topic topic =
        newTopic(1, "message.timestamp.before.max.ms=1000", "message.timestamp.after.max.ms=1000");
    long now = System.currentTimeMillis();

    assertThat(error(produce(topic, TestBatch.of("a").at(now)).errorCode()))
        .isEqualTo(ErrorCode.NONE);
    assertThat(error(produce(topic, TestBatch.of("a").at(now - 60_000)).errorCode()))
        .isEqualTo(ErrorCode.INVALID_TIMESTAMP);
    assertThat(error(produce(topic, TestBatch.of("a").at(now + 60_000)).errorCode()))
        .isEqualTo(ErrorCode.INVALID_TIMESTAMP);
  }

  @Test
  void records_without_timestamp_are_taken() {
    Topic topic = newTopic(1);

    assertThat(append(topic, TestBatch.of("a").at(-1))).isZero();
  }

  @Test
  void a_max_timestamp_that_is_not_true_is_put_right() {
    Topic topic = newTopic(1);

    append(topic, TestBatch.of("a").at(1000).change(b -> b.putLong(TestBatch.MAX_TIMESTAMP, 5)));

    assertThat(offsetFor(topic, 1000).offset()).isZero();
  }

  // ---- sizes

  @Test
  void a_batch_beyond_the_topics_limit_is_too_large() {
    Topic topic = newTopic(1, "max.message.bytes=200");

    assertThat(error(produce(topic, TestBatch.of("v".repeat(100))).errorCode()))
        .isEqualTo(ErrorCode.NONE);
    assertThat(produce(topic, TestBatch.of("v".repeat(200))))
        .isEqualTo(
            new PartitionProduceResponse()
                .errorCode(ErrorCode.MESSAGE_TOO_LARGE.code())
                .baseOffset(-1)
                .logAppendTimeMs(-1)
                .logStartOffset(-1));
  }

  @Test
  void a_batch_of_exactly_the_limit_is_taken_and_one_byte_more_is_not() {
    TestBatch batch = TestBatch.of("v".repeat(100));
    int bytes = batch.bytes().limit();

    assertThat(error(produce(newTopic(1, "max.message.bytes=" + bytes), batch).errorCode()))
        .isEqualTo(ErrorCode.NONE);
    assertThat(error(produce(newTopic(1, "max.message.bytes=" + (bytes - 1)), batch).errorCode()))
        .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
  }

  @Test
  void the_size_that_counts_is_the_compressed_one() {
    Topic topic = newTopic(1, "max.message.bytes=200");

    assertThat(
            error(
                produce(topic, TestBatch.of("v".repeat(2000)).compressed(Compression.gzip()))
                    .errorCode()))
        .isEqualTo(ErrorCode.NONE);
  }

  @Test
  void the_limit_is_a_little_above_a_mebibyte_unless_a_topic_says_otherwise() {
    Topic topic = newTopic(1);

    assertThat(error(produce(topic, TestBatch.of("v".repeat(1 << 20))).errorCode()))
        .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(error(produce(topic, TestBatch.of("v".repeat((1 << 20) - 100))).errorCode()))
        .isEqualTo(ErrorCode.NONE);
  }

  // ---- compacted topics

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 8, 12, 13})
  void records_without_key_on_a_compacted_topic_are_named_from_version_8_on(int version) {
    Topic topic = newTopic(1, "cleanup.policy=compact");
    TestBatch batch =
        new TestBatch().record("k", "a").record(null, "b").record("k", null).record(null, "c");

    PartitionProduceResponse answer = produce(topic, batch.bytes(), version);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(answer.baseOffset()).isEqualTo(-1);
    assertThat(answer.recordErrors())
        .extracting(BatchIndexAndErrorMessage::batchIndex)
        .isEqualTo(version < 8 ? List.of() : List.of(1, 3));
    assertThat(endOffset(topic)).isZero();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void keys_are_demanded_in_compressed_batches_too(Compression compression) {
    Topic topic = newTopic(1, "cleanup.policy=compact");

    PartitionProduceResponse answer =
        produce(topic, new TestBatch().record(null, "a").compressed(compression));

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_RECORD);
    assertThat(answer.recordErrors()).hasSize(1);
  }

  @Test
  void keys_are_not_demanded_elsewhere() {
    append(newTopic(1), new TestBatch().record(null, null));
  }

  /** Behind the header and the record's length, attributes and timestamp delta, a byte each. */
  private static int offsetDeltaOfFirstRecord() {
    return TestBatch.RECORDS + 3;
  }

  private static ByteBuffer withOffsetsThatFall() {
    return TestBatch.ofSize(2)
        .change(batch -> batch.put(offsetDeltaOfFirstRecord(), (byte) 4))
        .bytes();
  }

  private void expectRefusal(TestBatch batch, ErrorCode why) {
    expectRefusal(batch.bytes(), why);
  }

  private void expectRefusal(ByteBuffer records, ErrorCode why) {
    Topic topic = newTopic(1);

    PartitionProduceResponse answer = produce(topic, records);

    assertThat(answer.errorMessage(null)).isIn(refused(why), refusedByLog(why));
    assertThat(endOffset(topic)).isZero();
  }
}
