package io.ottla.testkit.behaviour;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import org.junit.jupiter.api.Nested;

/**
 * The suite on a real broker.
 *
 * <p>It looks often for producers that have expired, so that records with old timestamps show it.
 */
@RealKafka(properties = "producer.id.expiration.check.interval.ms=100")
final class OneRealBrokerIT implements TestCluster.Owner {
  private final TestCluster cluster;

  OneRealBrokerIT(KafkaServer kafka) {
    cluster = new RealTestCluster(kafka);
  }

  @Override
  public TestCluster cluster() {
    return cluster;
  }

  @Nested
  final class ApiVersions extends ApiVersionsBehaviour {}

  @Nested
  final class BatchRules extends BatchRulesBehaviour {}

  @Nested
  final class ClassicGroup extends ClassicGroupBehaviour {}

  @Nested
  final class Configs extends ConfigsBehaviour {}

  @Nested
  final class ConsumerGroup extends ConsumerGroupBehaviour {}

  @Nested
  final class DeleteRecords extends DeleteRecordsBehaviour {}

  @Nested
  final class Describe extends DescribeBehaviour {}

  @Nested
  final class Fetch extends FetchBehaviour {}

  @Nested
  final class FetchSession extends FetchSessionBehaviour {}

  @Nested
  final class FetchDetails extends FetchDetailsBehaviour {}

  @Nested
  final class Frames extends FramesBehaviour {}

  @Nested
  final class Groups extends GroupsBehaviour {}

  @Nested
  final class Idempotence extends IdempotenceBehaviour {}

  @Nested
  final class LeaderEpoch extends LeaderEpochBehaviour {}

  @Nested
  final class ListOffsets extends ListOffsetsBehaviour {}

  @Nested
  final class Metadata extends MetadataBehaviour {}

  @Nested
  final class Offsets extends OffsetsBehaviour {}

  @Nested
  final class Produce extends ProduceBehaviour {}

  @Nested
  final class ProducerState extends ProducerStateBehaviour {}

  @Nested
  final class Restart extends RestartBehaviour {}

  @Nested
  final class StaticMembers extends StaticMembersBehaviour {}

  @Nested
  final class Topics extends TopicsBehaviour {}
}
