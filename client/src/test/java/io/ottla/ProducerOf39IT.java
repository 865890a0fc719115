package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.KafkaVersion;
import io.ottla.testkit.RealKafka;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka 3.9, which knows topics by their names in Produce. */
@RealKafka(version = KafkaVersion.V3_9)
final class ProducerOf39IT extends ProducerITBase {
  ProducerOf39IT(KafkaServer kafka) {
    super(kafka);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  @Scenario({"L12", "L23"})
  void every_codec_arrives_whole(Codec codec) throws Exception {
    String topic = newTopic(2, Map.of());
    String name = codec.name().toLowerCase(Locale.ROOT);
    try (Producer<String, String> producer = producer("compression", name)) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        sent.add(
            producer.send(
                ProducerRecord.<String, String>record(topic, i % 2, "key", "value " + i)
                    .withHeaders(List.of(new Header("n", ("" + i).getBytes(UTF_8))))));
      }
      getAll(sent);
    }

    List<ConsumerRecord<String, String>> read = read(topic, 2, 300);
    for (int i = 0; i < 300; i++) {
      ConsumerRecord<String, String> record = read.get(i % 2 * 150 + i / 2);
      assertThat(record.value()).isEqualTo("value " + i);
      assertThat(record.headers().lastHeader("n").value()).asString(UTF_8).isEqualTo("" + i);
    }
  }
}
