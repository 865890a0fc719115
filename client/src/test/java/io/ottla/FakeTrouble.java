package io.ottla;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.fake.FakeBroker;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakePartition;
import io.ottla.testkit.fake.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random trouble for a fake cluster of three: of requests, connections, brokers, leaders. */
final class FakeTrouble {
  private static final List<ErrorCode> REFUSED_FOR_NOW =
      List.of(
          ErrorCode.NOT_LEADER_OR_FOLLOWER,
          ErrorCode.NOT_ENOUGH_REPLICAS,
          ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
          ErrorCode.LEADER_NOT_AVAILABLE,
          ErrorCode.KAFKA_STORAGE_ERROR,
          ErrorCode.FENCED_LEADER_EPOCH,
          ErrorCode.CORRUPT_MESSAGE);
  private static final List<ErrorCode> LEFT_OPEN =
      List.of(
          ErrorCode.REQUEST_TIMED_OUT,
          ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
          ErrorCode.KAFKA_STORAGE_ERROR,
          ErrorCode.UNKNOWN_SERVER_ERROR);

  private final FakeCluster fake;
  private final Random random;

  FakeTrouble(FakeCluster fake, Random random) {
    this.fake = fake;
    this.random = random;
  }

  void makeSome() {
    FakeBroker broker = fake.broker(1 + random.nextInt(3));
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> broker.on(ApiKey.PRODUCE).once(onTheWire());
      case 5, 6, 7 -> broker.on(ApiKey.PRODUCE).once(inTheAnswer());
      case 8 -> broker.onAny().once(onTheWire());
      case 9 -> broker.on(ApiKey.METADATA).once(oldMetadata());
      case 10 ->
          broker
              .on(ApiKey.INIT_PRODUCER_ID)
              .once(Fault.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
      case 11 -> broker.resetConnections();
      case 12, 13, 14 -> moveALeader(broker);
      case 15 -> loseALeader();
      case 16 -> slowFollowers();
      case 17 -> stopIfOthersRun(broker);
      case 18 -> startIfStopped(broker);
      default -> restart(broker);
    }
  }

  private Fault onTheWire() {
    return switch (random.nextInt(11)) {
      case 0 -> Fault.closeBefore();
      case 1, 2 -> Fault.closeAfter();
      case 3 -> Fault.resetAfter();
      case 4 -> Fault.halfReply(1 + random.nextInt(40));
      case 5 -> Fault.loseReply();
      case 6 -> Fault.delayReply(Duration.ofMillis(random.nextInt(400)));
      case 7 -> Fault.delay(Duration.ofMillis(random.nextInt(400)));
      case 8 -> Fault.wrongCorrelation(1);
      case 9 -> Fault.ignore();
      default -> Fault.byteByByte();
    };
  }

  private Fault inTheAnswer() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Fault.error(REFUSED_FOR_NOW.get(random.nextInt(REFUSED_FOR_NOW.size())));
      case 2, 3 -> Fault.errorAfter(LEFT_OPEN.get(random.nextInt(LEFT_OPEN.size())));
      case 4 ->
          Fault.edit(
              ProduceResponse.class,
              answer ->
                  answer
                      .responses()
                      .forEach(
                          topic ->
                              topic.partitionResponses(
                                  topic.partitionResponses().stream().skip(1).toList())));
      default ->
          Fault.edit(
              ProduceResponse.class,
              answer ->
                  answer
                      .responses()
                      .forEach(
                          topic -> {
                            var twice = new ArrayList<>(topic.partitionResponses());
                            twice.addAll(topic.partitionResponses());
                            topic.partitionResponses(twice);
                          }));
    };
  }

  /** Every leader is another one than the true one, in an epoch that is over. */
  private static Fault oldMetadata() {
    return Fault.edit(
        MetadataResponse.class,
        answer ->
            answer
                .topics()
                .forEach(
                    topic ->
                        topic
                            .partitions()
                            .forEach(
                                partition ->
                                    partition
                                        .leaderId(partition.leaderId() % 3 + 1)
                                        .leaderEpoch(Math.max(0, partition.leaderEpoch() - 1)))));
  }

  private FakePartition anyPartition() {
    int number = random.nextInt(9);
    return number < 6 ? fake.partition("orders", number) : fake.partition("bills", number - 6);
  }

  private void moveALeader(FakeBroker to) {
    if (to.isRunning()) {
      anyPartition().moveLeader(to.id());
    }
  }

  private void loseALeader() {
    anyPartition().loseLeader();
  }

  private void slowFollowers() {
    FakePartition partition = anyPartition();
    if (random.nextBoolean()) {
      partition.holdHighWatermark();
    } else {
      partition.releaseHighWatermark();
    }
  }

  private void stopIfOthersRun(FakeBroker broker) {
    long running = fake.brokers().stream().filter(FakeBroker::isRunning).count();
    if (running > 1 && broker.isRunning()) {
      if (random.nextBoolean()) {
        broker.kill();
      } else {
        broker.stop();
      }
    }
  }

  private void startIfStopped(FakeBroker broker) {
    if (!broker.isRunning()) {
      broker.start();
    }
  }

  private void restart(FakeBroker broker) {
    if (broker.isRunning()) {
      broker.restart();
    }
  }

  /** All is well again. */
  void end() {
    fake.clearFaults();
    fake.brokers().forEach(this::startIfStopped);
    for (int i = 0; i < 9; i++) {
      FakePartition partition =
          i < 6 ? fake.partition("orders", i) : fake.partition("bills", i - 6);
      partition.releaseHighWatermark();
      partition.moveLeader(1 + i % 3);
    }
  }
}
