package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;

@RealKafka(
    properties = {RealSide.ONE_SHARD, RealSide.NO_ASSIGNMENT_INTERVAL, Rules.MAX_SIZE_PROPERTY})
final class MembershipIT extends MembershipRules {
  MembershipIT(KafkaServer kafka) {
    super(new RealSide(kafka));
  }
}
