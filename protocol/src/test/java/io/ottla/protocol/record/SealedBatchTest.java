package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SealedBatchTest {
  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  @ParameterizedTest
  @EnumSource(Codec.class)
  void each_numbering_gives_a_right_crc(Codec codec) {
    Seeds.run(
        20,
        seed -> {
          SealedBatch sealed = sealed(new RandomBatches(seed).next(codec), codec);

          for (int i = 0; i < 5; i++) {
            long producerId = seed * 7919 + i;
            short epoch = (short) (i * 1000);
            int sequence = Integer.MAX_VALUE - i;

            ByteBuffer bytes = sealed.number(producerId, epoch, sequence);

            RecordBatch batch = RecordBatches.of(bytes).iterator().next();
            assertThatCode(batch::verifyCrc).doesNotThrowAnyException();
            assertThat(batch.producerId()).isEqualTo(producerId);
            assertThat(batch.producerEpoch()).isEqualTo(epoch);
            assertThat(batch.baseSequence()).isEqualTo(sequence);
          }
          sealed.release();
        });
  }

  @Test
  void numbering_back_gives_the_first_bytes_again() {
    SealedBatch sealed = sealed(new RandomBatches(1).next(Codec.LZ4), Codec.LZ4);
    ByteBuffer first = ByteBuffer.allocate(sealed.sizeInBytes());
    first.put(sealed.number(1, (short) 1, 1)).flip();

    sealed.number(2, (short) 2, 2);

    assertThat(sealed.number(1, (short) 1, 1)).isEqualTo(first);
    sealed.release();
  }

  @Test
  void placing_leaves_the_crc_as_it_is() {
    SealedBatch sealed = sealed(new RandomBatches(2).next(Codec.NONE), Codec.NONE);
    ByteBuffer bytes = sealed.number();

    sealed.place(1L << 50, 77);

    RecordBatch batch = RecordBatches.of(bytes).iterator().next();
    batch.verifyCrc();
    assertThat(batch.baseOffset()).isEqualTo(1L << 50);
    assertThat(batch.leaderEpoch()).isEqualTo(77);
    sealed.release();
  }

  @Test
  void compressed_bytes_are_held_in_a_buffer_of_their_own_size() {
    for (Codec codec : new Codec[] {Codec.GZIP, Codec.SNAPPY, Codec.LZ4, Codec.ZSTD}) {
      BatchWriter writer = new BatchWriter(pool, 64, 10 << 20);
      for (int i = 0; i < 1000; i++) {
        writer.append(i, null, new byte[1000]);
      }
      assertThat(writer.heldBytes()).isGreaterThan(1_000_000);

      SealedBatch sealed = writer.seal(Compression.of(codec));

      assertThat(sealed.heldBytes())
          .as(codec.name())
          .isLessThan(100_000)
          .isLessThanOrEqualTo(2 * sealed.sizeInBytes());
      sealed.release();
    }
  }

  @Test
  void what_a_codec_makes_larger_is_still_a_batch_of_that_codec() {
    for (Codec codec : new Codec[] {Codec.GZIP, Codec.SNAPPY, Codec.LZ4, Codec.ZSTD}) {
      BatchWriter writer = new BatchWriter(pool, 64, 1000);
      writer.append(1, new byte[] {1, 7, 3}, new byte[] {99});
      int uncompressed = writer.sizeInBytes();

      SealedBatch sealed = writer.seal(Compression.of(codec));

      assertThat(sealed.sizeInBytes()).isGreaterThan(uncompressed);
      PlainBatch read = PlainBatch.read(sealed.number(), pool).get(0);
      assertThat(read.codec()).isEqualTo(codec);
      assertThat(read.records()).hasSize(1);
      sealed.release();
    }
  }

  private SealedBatch sealed(PlainBatch batch, Codec codec) {
    BatchWriter writer = new BatchWriter(pool, 64, 64 << 20);
    for (PlainRecord record : batch.records()) {
      writer.append(record.timestamp(), record.keyBytes(), record.valueBytes(), record.headers());
    }
    return writer.seal(Compression.of(codec));
  }
}
