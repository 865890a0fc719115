package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ControlRecordTest {
  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  @ParameterizedTest
  @EnumSource(names = {"ABORT", "COMMIT"})
  void the_end_of_a_transaction_is_read_as_it_was_written(ControlRecord.Type type) {
    ControlRecord end = ControlRecord.end(type, 17);

    assertThat(read(end.key(), end.value())).isEqualTo(end);
  }

  @Test
  void the_bytes_are_those_that_kafka_writes() {
    ControlRecord commit = ControlRecord.end(ControlRecord.Type.COMMIT, 17);

    assertThat(commit.key()).isEqualTo(bytes("00000001"));
    assertThat(commit.value()).isEqualTo(bytes("000000000011"));
  }

  @ParameterizedTest
  @CsvSource({
    "00000002, LEADER_CHANGE",
    "00010003, SNAPSHOT_HEADER",
    "00000004, SNAPSHOT_FOOTER",
    "00000005, KRAFT_VERSION",
    "00000006, KRAFT_VOTERS",
    "00000007, UNKNOWN",
    "0000ffff, UNKNOWN"
  })
  void other_types_need_no_value(String key, ControlRecord.Type type) {
    assertThat(read(bytes(key), null).type()).isEqualTo(type);
  }

  @Test
  void later_versions_may_be_longer() {
    assertThat(read(bytes("00050000" + "abcd"), bytes("000100000009" + "ff")))
        .isEqualTo(new ControlRecord(ControlRecord.Type.ABORT, (short) 5, 9));
  }

  static Stream<byte @Nullable []> brokenKeys() {
    return Stream.of(null, bytes(""), bytes("000000"), bytes("ffff0000"));
  }

  @ParameterizedTest
  @MethodSource("brokenKeys")
  void a_broken_key_is_a_typed_error(byte @Nullable [] key) {
    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> read(key, bytes("000000000011")));
  }

  @Test
  void an_end_without_its_value_is_a_typed_error() {
    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> read(bytes("00000001"), bytes("0000000000")));
    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> read(bytes("00000000"), null));
  }

  @Test
  void only_abort_and_commit_end_a_transaction() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ControlRecord.end(ControlRecord.Type.UNKNOWN, 1));
  }

  private ControlRecord read(byte @Nullable [] key, byte @Nullable [] value) {
    BatchWriter writer = new BatchWriter(pool, 64, 1000).transactional().control();
    writer.append(0, key, value);
    SealedBatch sealed = writer.seal(Compression.none());
    RecordBatch batch = RecordBatches.of(sealed.number(1, (short) 0, -1)).iterator().next();
    assertThat(batch.isControl()).isTrue();
    try (RecordCursor record = batch.cursor()) {
      record.next();
      return ControlRecord.read(record);
    } finally {
      sealed.release();
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
