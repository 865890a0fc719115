package io.ottla.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferSerializer;
import org.apache.kafka.common.serialization.DoubleSerializer;
import org.apache.kafka.common.serialization.FloatSerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.ShortSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {
  /** Kafka's serializer of the same type is the reference. */
  @SafeVarargs
  private static <T> void assertSameAsKafka(
      Serializer<T> ours, org.apache.kafka.common.serialization.Serializer<T> kafkas, T... values) {
    for (T value : values) {
      assertThat(WrittenBytes.of(ours, value))
          .as("%s", value)
          .isEqualTo(kafkas.serialize("orders", value));
    }
  }

  @Test
  void integers_are_written_as_kafka_writes_them() {
    assertSameAsKafka(
        Serializers.int16(), new ShortSerializer(), (short) 0, (short) 258, (short) -2);
    assertSameAsKafka(
        Serializers.int32(), new IntegerSerializer(), 0, 0x01020304, -2, Integer.MIN_VALUE);
    assertSameAsKafka(
        Serializers.int64(), new LongSerializer(), 0L, 0x0102030405060708L, -2L, Long.MIN_VALUE);
  }

  @Test
  void fractions_are_written_as_kafka_writes_them() {
    assertSameAsKafka(
        Serializers.float32(), new FloatSerializer(), 0f, -0f, 1.5f, Float.NaN, Float.MIN_VALUE);
    assertSameAsKafka(
        Serializers.float64(), new DoubleSerializer(), 0d, -0d, 1.5, Double.NaN, Double.MAX_VALUE);
  }

  @Test
  void texts_are_written_as_kafka_writes_them() {
    String[] texts = {"", "orders", "Grüße", "☃", "\uD83D\uDE80", "unpaired \uD83D", "\0"};

    assertSameAsKafka(Serializers.utf8(), new StringSerializer(), texts);
    assertThat(Serializers.text(StandardCharsets.UTF_8)).isSameAs(Serializers.utf8());
    assertThat(WrittenBytes.of(Serializers.text(StandardCharsets.ISO_8859_1), "ü☃"))
        .containsExactly(0xfc, '?');
  }

  @Test
  void uuids_are_written_as_kafka_writes_them_or_in_half_the_bytes() {
    UUID id = UUID.fromString("01020304-0506-f708-090a-0b0c0d0e0f10");

    assertSameAsKafka(Serializers.uuid(), new UUIDSerializer(), id, new UUID(-1, 1));
    assertThat(WrittenBytes.of(Serializers.uuidBinary(), id))
        .containsExactly(1, 2, 3, 4, 5, 6, 0xf7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  }

  @Test
  void bytes_are_written_as_they_are_and_always_by_the_same_object() {
    assertSameAsKafka(
        Serializers.bytes(), new ByteArraySerializer(), new byte[0], new byte[] {1, 2, 3});
    assertThat(Serializers.bytes()).isSameAs(Serializers.bytes());
  }

  @Test
  void a_buffer_is_written_from_its_position_to_its_limit_and_keeps_both() {
    ByteBuffer whole = ByteBuffer.allocate(8).put(new byte[] {1, 2, 3}).flip();
    ByteBuffer part = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3).slice();

    assertSameAsKafka(Serializers.byteBuffer(), new ByteBufferSerializer(), whole);
    assertThat(WrittenBytes.of(Serializers.byteBuffer(), part)).containsExactly(1, 2, 3);
    assertThat(part.remaining()).isEqualTo(3);
    assertThat(WrittenBytes.of(Serializers.byteBuffer(), part.asReadOnlyBuffer())).hasSize(3);
  }

  @Test
  void a_function_gives_bytes_or_null() {
    Serializer<StringBuilder> ours =
        Serializers.of(
            text -> text.isEmpty() ? null : text.toString().getBytes(StandardCharsets.US_ASCII));

    assertThat(WrittenBytes.of(ours, new StringBuilder("ab"))).containsExactly('a', 'b');
    assertThat(WrittenBytes.of(ours, new StringBuilder())).isNull();
  }

  @Test
  void a_serializer_of_ones_own_sees_topic_and_headers_and_may_add_one() {
    Serializer<String> ours =
        (value, to) -> {
          to.addHeader("of", to.topic().getBytes(StandardCharsets.US_ASCII));
          to.write('0' + to.headers().size());
          to.writeUtf8(value);
        };
    WrittenBytes to = new WrittenBytes();
    to.addHeader("trace", null);

    ours.serialize("!", to);

    assertThat(to.bytes()).containsExactly('2', '!');
    assertThat(to.headers()).extracting(Header::key).isEqualTo(List.of("trace", "of"));
  }
}
