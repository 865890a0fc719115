package io.ottla.testkit.behaviour;

import io.ottla.testkit.fake.FakeCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * The suite on a fake broker, a new one for each test.
 *
 * <p>Its configs are those of a real broker where the fake's own defaults differ.
 */
final class OneFakeBrokerTest implements TestCluster.Owner {
  private final FakeCluster fake =
      FakeCluster.builder()
          .config("producer.id.expiration.check.interval.ms", "100")
          .config("group.min.session.timeout.ms", "6000")
          .config("group.consumer.heartbeat.interval.ms", "5000")
          .start();

  @Override
  public TestCluster cluster() {
    return new FakeTestCluster(fake);
  }

  @AfterEach
  void end() {
    fake.close();
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
