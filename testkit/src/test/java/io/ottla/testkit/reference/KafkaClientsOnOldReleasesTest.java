package io.ottla.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.KafkaRelease;
import io.ottla.testkit.reference.program.CooperativeGroup;
import io.ottla.testkit.reference.program.IdempotentProducing;
import io.ottla.testkit.reference.program.ManualAssignment;
import io.ottla.testkit.reference.program.RangeGroup;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On fake brokers that speak as older releases did. The present clients go back to 2.1, those of
 * 3.9 to 0.11 with an idempotent producer.
 */
final class KafkaClientsOnOldReleasesTest {
  @ParameterizedTest
  @EnumSource(names = {"V2_1"})
  void the_present_clients_work_with_the_oldest_that_they_know(KafkaRelease release)
      throws Exception {
    present(release);
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_4", "V2_8", "V3_3", "V3_9", "V4_0"})
  @Tag("long")
  void the_present_clients_work(KafkaRelease release) throws Exception {
    present(release);
  }

  private static void present(KafkaRelease release) throws Exception {
    try (FakeCluster fake = FakeCluster.builder().brokers(3).release(release).start()) {
      FakeReferenceCluster cluster = new FakeReferenceCluster(fake);

      KafkaClients.CURRENT.run(ManualAssignment.class, cluster);
      KafkaClients.CURRENT.run(CooperativeGroup.class, cluster);
      KafkaClients.CURRENT.run(IdempotentProducing.class, cluster);

      assertThat(fake.refusals()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_11_0"})
  void the_older_clients_work_with_the_oldest_that_writes_their_batches(KafkaRelease release)
      throws Exception {
    older(release);
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_0", "V2_3", "V2_6", "V3_5"})
  @Tag("long")
  void the_older_clients_work(KafkaRelease release) throws Exception {
    older(release);
  }

  private static void older(KafkaRelease release) throws Exception {
    try (FakeCluster fake = FakeCluster.builder().brokers(3).release(release).start()) {
      FakeReferenceCluster cluster = new FakeReferenceCluster(fake);

      KafkaClients.LEGACY.run(ManualAssignment.class, cluster);
      KafkaClients.LEGACY.run(RangeGroup.class, cluster);

      assertThat(fake.refusals()).isEmpty();
    }
  }
}
