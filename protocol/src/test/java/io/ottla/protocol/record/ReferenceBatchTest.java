package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of version 2 against those of kafka-clients 4.3.1, both ways. */
final class ReferenceBatchTest {
  private static final int SEEDS = 60;
  private static final ReferenceRecords REFERENCE = ReferenceRecords.current();

  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  @ParameterizedTest
  @EnumSource(Codec.class)
  void the_reference_reads_what_ottla_writes(Codec codec) {
    Seeds.run(
        SEEDS,
        seed -> {
          PlainBatch batch = new RandomBatches(seed).next(codec);

          ByteBuffer written = batch.write(Compression.of(codec), pool);

          assertThat(REFERENCE.read(written)).containsExactly(batch);
        });
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void ottla_reads_what_the_reference_writes(Codec codec) {
    Seeds.run(
        SEEDS,
        seed -> {
          PlainBatch batch = new RandomBatches(seed).next(codec);

          ByteBuffer written = REFERENCE.write(batch);

          assertThat(PlainBatch.read(written, pool)).containsExactly(batch);
        });
  }

  @Test
  void uncompressed_batches_are_equal_to_the_byte() {
    Seeds.run(
        4 * SEEDS,
        seed -> {
          PlainBatch batch = new RandomBatches(seed).next(Codec.NONE);

          assertThat(batch.write(Compression.none(), pool)).isEqualTo(REFERENCE.write(batch));
        });
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void the_reference_reads_every_kind_of_level(Codec codec) {
    PlainBatch batch = new RandomBatches(7).next(codec);

    for (Compression compression : CompressionTest.someLevels(codec)) {
      assertThat(REFERENCE.read(batch.write(compression, pool)))
          .as(compression.toString())
          .containsExactly(batch);
    }
  }

  @Test
  void a_batch_that_compaction_emptied_keeps_its_offsets() {
    BatchWriter writer = new BatchWriter(pool, 64, 1024);
    writer.skipOffsets(5);
    SealedBatch sealed = writer.seal(Compression.none());
    ByteBuffer bytes = sealed.place(100, 3).number(9, (short) 1, 40);

    List<PlainBatch> ours = PlainBatch.read(bytes, pool);

    assertThat(ours).isEqualTo(REFERENCE.read(bytes));
    assertThat(ours.get(0).records()).isEmpty();
    assertThat(ours.get(0).baseOffset()).isEqualTo(100);
    assertThat(ours.get(0).lastOffset()).isEqualTo(104);
    sealed.release();
  }
}
