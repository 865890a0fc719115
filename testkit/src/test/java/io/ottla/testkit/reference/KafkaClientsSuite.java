package io.ottla.testkit.reference;

import io.ottla.testkit.reference.program.Administration;
import io.ottla.testkit.reference.program.ConsumerProtocolGroup;
import io.ottla.testkit.reference.program.CooperativeGroup;
import io.ottla.testkit.reference.program.CrashedMember;
import io.ottla.testkit.reference.program.IdempotentProducing;
import io.ottla.testkit.reference.program.ManualAssignment;
import io.ottla.testkit.reference.program.RangeGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each program, with each release. */
abstract class KafkaClientsSuite {
  abstract ReferenceCluster cluster();

  @ParameterizedTest
  @EnumSource
  void an_idempotent_producer_writes_each_record_once(KafkaClients clients) throws Exception {
    clients.run(IdempotentProducing.class, cluster());
  }

  @ParameterizedTest
  @EnumSource
  void members_come_and_go_with_the_range_assignor(KafkaClients clients) throws Exception {
    clients.run(RangeGroup.class, cluster());
  }

  @ParameterizedTest
  @EnumSource
  void members_come_and_go_cooperatively(KafkaClients clients) throws Exception {
    clients.run(CooperativeGroup.class, cluster());
  }

  @ParameterizedTest
  @EnumSource
  void members_come_and_go_with_the_coordinators_assignor(KafkaClients clients) throws Exception {
    clients.run(ConsumerProtocolGroup.class, cluster());
  }

  @ParameterizedTest
  @EnumSource
  void static_members_keep_their_place_until_their_session_is_over(KafkaClients clients)
      throws Exception {
    clients.run(CrashedMember.class, cluster());
  }

  @ParameterizedTest
  @EnumSource
  void a_consumer_without_group_seeks_looks_up_and_commits(KafkaClients clients) throws Exception {
    clients.run(ManualAssignment.class, cluster());
  }

  @ParameterizedTest
  @EnumSource
  void administrators_do_their_work(KafkaClients clients) throws Exception {
    clients.run(Administration.class, cluster());
  }
}
