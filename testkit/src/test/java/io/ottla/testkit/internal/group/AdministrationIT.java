package io.ottla.testkit.internal.group;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;

@RealKafka(
    properties = {
      GroupRules.MAX_SIZE_PROPERTY,
      GroupRules.MIN_SESSION_TIMEOUT_PROPERTY,
      GroupRules.NO_DELAY_PROPERTY,
      GroupRules.ONE_PARTITION_PROPERTY
    })
final class AdministrationIT extends AdministrationRules {
  AdministrationIT(KafkaServer kafka) {
    super(new RealCoordination(kafka));
  }
}
