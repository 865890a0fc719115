package io.ottla;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.KafkaVersion;
import io.ottla.testkit.RealKafka;

/** Kafka 3.9, which has no topic ids in Produce. */
@RealKafka(version = KafkaVersion.V3_9)
final class BrokerOf39IT extends BrokerITBase {
  BrokerOf39IT(KafkaServer kafka) {
    super(kafka);
  }
}
