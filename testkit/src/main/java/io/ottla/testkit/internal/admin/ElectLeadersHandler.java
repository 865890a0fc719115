package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ElectLeadersRequest;
import io.ottla.protocol.message.ElectLeadersRequest.TopicPartitions;
import io.ottla.protocol.message.ElectLeadersResponse;
import io.ottla.protocol.message.ElectLeadersResponse.PartitionResult;
import io.ottla.protocol.message.ElectLeadersResponse.ReplicaElectionResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Elects the preferred leader, or, if nobody leads, any replica that runs. */
final class ElectLeadersHandler implements Handler<ElectLeadersRequest, ElectLeadersResponse> {
  private static final byte PREFERRED = 0;
  private static final byte UNCLEAN = 1;

  private final Topics topics;
  private final BrokerDirectory brokers;

  ElectLeadersHandler(Topics topics, BrokerDirectory brokers) {
    this.topics = topics;
    this.brokers = brokers;
  }

  @Override
  public void handle(Exchange<ElectLeadersRequest, ElectLeadersResponse> exchange) {
    ElectLeadersRequest request = exchange.request();
    byte type = request.electionType();
    if (type != PREFERRED && type != UNCLEAN) {
      exchange.refuse("elect leaders in way " + type);
      return;
    }
    ElectLeadersResponse response = new ElectLeadersResponse();
    List<TopicPartitions> asked = request.topicPartitions();
    if (asked == null) {
      topics.all().forEach(topic -> response.replicaElectionResults().add(electAll(topic, type)));
    } else {
      asked.forEach(topic -> response.replicaElectionResults().add(elect(topic, type)));
    }
    exchange.answer(response);
  }

  /** Does not tell of partitions where nothing is to be done. */
  private ReplicaElectionResult electAll(Topic topic, byte type) {
    ReplicaElectionResult result = new ReplicaElectionResult().topic(topic.name());
    for (Partition partition : topic.partitions()) {
      RefusedException refused = RefusedException.of(() -> elect(partition, type));
      if (refused == null || refused.error() != ErrorCode.ELECTION_NOT_NEEDED) {
        result.partitionResult().add(result(partition.index(), refused));
      }
    }
    return result;
  }

  private ReplicaElectionResult elect(TopicPartitions asked, byte type) {
    ReplicaElectionResult result = new ReplicaElectionResult().topic(asked.topic());
    for (int index : asked.partitions()) {
      Partition partition = topics.find(asked.topic(), index);
      RefusedException refused =
          RefusedException.of(
              () -> {
                if (partition == null) {
                  throw new RefusedException(
                      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                      "there is no " + asked.topic() + "-" + index);
                }
                elect(partition, type);
              });
      result.partitionResult().add(result(index, refused));
    }
    return result;
  }

  private void elect(Partition partition, byte type) {
    int preferred = partition.replicas().get(0);
    boolean isLed = brokers.isAlive(partition.leader());
    if (type == PREFERRED ? partition.isLedBy(preferred) && isLed : isLed) {
      throw new RefusedException(ErrorCode.ELECTION_NOT_NEEDED);
    }
    if (type == PREFERRED) {
      if (!brokers.isAlive(preferred) || !partition.inSync().contains(preferred)) {
        throw new RefusedException(ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE);
      }
      partition.elect(preferred);
    } else {
      Optional<Integer> anyone = partition.replicas().stream().filter(brokers::isAlive).findFirst();
      partition.elect(
          anyone.orElseThrow(() -> new RefusedException(ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE)));
      partition.setInSync(List.of(partition.leader()));
    }
  }

  private static PartitionResult result(int partition, @Nullable RefusedException refused) {
    return new PartitionResult()
        .partitionId(partition)
        .errorCode(RefusedException.code(refused))
        .errorMessage(RefusedException.message(refused));
  }
}
