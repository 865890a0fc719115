package io.ottla;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;

/** The present Kafka. */
@RealKafka
final class BrokerIT extends BrokerITBase {
  BrokerIT(KafkaServer kafka) {
    super(kafka);
  }
}
