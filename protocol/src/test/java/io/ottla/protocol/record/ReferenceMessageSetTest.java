package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Message sets of versions 0 and 1 against those of kafka-clients 3.9.1, both ways. */
final class ReferenceMessageSetTest {
  private static final int SEEDS = 40;
  private static final ReferenceRecords REFERENCE = ReferenceRecords.legacy();

  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  static Stream<Arguments> versionsAndCodecs() {
    return Stream.of((byte) 0, (byte) 1)
        .flatMap(
            magic ->
                Stream.of(Codec.NONE, Codec.GZIP, Codec.SNAPPY, Codec.LZ4)
                    .map(codec -> Arguments.of(magic, codec)));
  }

  @ParameterizedTest
  @MethodSource("versionsAndCodecs")
  void the_reference_reads_what_ottla_writes(byte magic, Codec codec) {
    Seeds.run(
        SEEDS,
        seed -> {
          List<PlainRecord> records = new RandomBatches(seed).legacy(magic);

          ByteBuffer written = convert(records, magic, Compression.of(codec));

          List<PlainBatch> theirs = REFERENCE.read(written);
          assertThat(records(theirs)).isEqualTo(records);
          assertThat(PlainBatch.read(written, pool)).isEqualTo(theirs);
        });
  }

  @ParameterizedTest
  @MethodSource("versionsAndCodecs")
  void ottla_reads_what_the_reference_writes(byte magic, Codec codec) {
    Seeds.run(
        SEEDS,
        seed -> {
          PlainBatch set = set(magic, codec, TimestampType.CREATE_TIME, seed);

          ByteBuffer written = REFERENCE.write(set);

          List<PlainBatch> ours = PlainBatch.read(written, pool);
          assertThat(records(ours)).isEqualTo(set.records());
          assertThat(ours).isEqualTo(REFERENCE.read(written));
        });
  }

  @ParameterizedTest
  @MethodSource("versionsAndCodecs")
  void the_broker_s_timestamp_overrides_those_inside(byte magic, Codec codec) {
    if (magic == 0) {
      return; // has no timestamps
    }
    PlainBatch set = set(magic, codec, TimestampType.LOG_APPEND_TIME, 3);

    ByteBuffer written = REFERENCE.write(set);

    List<PlainBatch> ours = PlainBatch.read(written, pool);
    assertThat(ours).isEqualTo(REFERENCE.read(written));
    assertThat(records(ours)).extracting(PlainRecord::timestamp).containsOnly(4711L);
  }

  @ParameterizedTest
  @MethodSource("versionsAndCodecs")
  void uncompressed_sets_are_equal_to_the_byte(byte magic, Codec codec) {
    PlainBatch set = set(magic, Codec.NONE, TimestampType.CREATE_TIME, codec.id());

    assertThat(convert(set.records(), magic, Compression.none())).isEqualTo(REFERENCE.write(set));
  }

  private static PlainBatch set(byte magic, Codec codec, TimestampType type, long seed) {
    List<PlainRecord> records = new RandomBatches(seed).legacy(magic);
    long baseOffset = seed % 3 == 0 ? 0 : 1000 * seed;
    List<PlainRecord> placed = new ArrayList<>();
    long offset = baseOffset;
    for (PlainRecord record : records) {
      placed.add(
          new PlainRecord(
              offset, record.timestamp(), record.key(), record.value(), record.headers()));
      offset += seed % 4 == 1 ? 3 : 1; // as compaction leaves them
    }
    return new PlainBatch(
        magic,
        baseOffset,
        placed.get(placed.size() - 1).offset(),
        codec,
        magic == 0 ? TimestampType.NONE : type,
        4711,
        -1,
        PlainBatch.Producer.NONE,
        false,
        false,
        OptionalLong.empty(),
        placed);
  }

  private ByteBuffer convert(List<PlainRecord> records, byte magic, Compression compression) {
    BatchWriter writer = new BatchWriter(pool, 64, 64 << 20);
    long next = records.get(0).offset();
    long baseOffset = next;
    for (PlainRecord record : records) {
      writer.skipOffsets((int) (record.offset() - next));
      writer.append(record.timestamp(), record.keyBytes(), record.valueBytes(), List.of());
      next = record.offset() + 1;
    }
    SealedBatch sealed = writer.seal(Compression.none());
    RecordBatch batch = RecordBatches.of(sealed.place(baseOffset, -1).number()).iterator().next();
    ByteBuffer set =
        new LegacyConverter(pool)
            .convert(batch, magic, compression, LegacyConverter.Timestamps.REFUSE);
    sealed.release();
    return set;
  }

  private static List<PlainRecord> records(List<PlainBatch> batches) {
    return batches.stream().flatMap(batch -> batch.records().stream()).toList();
  }
}
