package io.ottla.internal.cluster.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Answers of brokers, as tests make them. */
final class Answers {
  static final String CLUSTER = "ours";
  static final UUID ID = new UUID(1, 1);
  static final UUID OTHER_ID = new UUID(2, 2);

  private Answers() {}

  /** From a cluster of brokers 1, 2 and 3, the first of which is the controller. */
  static MetadataResponse answer(MetadataResponseTopic... topics) {
    return new MetadataResponse()
        .clusterId(CLUSTER)
        .controllerId(1)
        .brokers(new ArrayList<>(List.of(broker(1), broker(2), broker(3))))
        .topics(new ArrayList<>(List.of(topics)));
  }

  static MetadataResponseBroker broker(int id) {
    return new MetadataResponseBroker().nodeId(id).host("broker" + id).port(9092);
  }

  static MetadataResponseTopic topic(String name, UUID id, MetadataResponsePartition... led) {
    return new MetadataResponseTopic()
        .name(name)
        .topicId(id)
        .partitions(new ArrayList<>(List.of(led)));
  }

  static MetadataResponseTopic orders(MetadataResponsePartition... led) {
    return topic("orders", ID, led);
  }

  static MetadataResponseTopic refused(String name, ErrorCode error) {
    return new MetadataResponseTopic().name(name).errorCode(error.code());
  }

  static MetadataResponsePartition led(int index, int leader, int epoch) {
    ErrorCode error = leader < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE;
    return new MetadataResponsePartition()
        .partitionIndex(index)
        .leaderId(leader)
        .leaderEpoch(epoch)
        .errorCode(error.code())
        .replicaNodes(List.of(1, 2, 3))
        .isrNodes(List.of(1, 2, 3));
  }

  /** Why a future failed. */
  static OttlaException failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    try {
      future.join();
    } catch (CompletionException failed) {
      return (OttlaException) Objects.requireNonNull(failed.getCause());
    }
    throw new AssertionError("it has not failed");
  }
}
