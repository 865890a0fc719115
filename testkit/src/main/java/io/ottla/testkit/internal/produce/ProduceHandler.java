package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.internal.log.SentRecords;
import io.ottla.testkit.internal.log.SentRecords.State;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends what producers send, each partition for itself: one that is refused does not touch the
 * others of the request.
 *
 * <p>Thread: the cluster's loop.
 */
final class ProduceHandler implements Handler<ProduceRequest, ProduceResponse> {
  private static final short ALL = -1;
  private static final short LEADER = 1;
  private static final short NONE = 0;
  private static final int TOPIC_IDS_SINCE = 13;

  /** Who may write to the topics that Kafka keeps for itself. */
  private static final String ADMIN_CLIENT_ID = "__admin_client";

  private final Timers timers;
  private final Topics topics;
  private final ProduceAnswers answers;

  ProduceHandler(Timers timers, Topics topics, BrokerDirectory brokers) {
    this.timers = timers;
    this.topics = topics;
    this.answers = new ProduceAnswers(brokers);
  }

  @Override
  public void handle(Exchange<ProduceRequest, ProduceResponse> exchange) {
    List<PartitionWrite> writes = writes(exchange);
    String impossible = findImpossible(exchange.request(), writes);
    if (impossible != null) {
      exchange.refuse(impossible);
      return;
    }
    if (failsWhole(writes)) {
      answer(exchange, writes);
      return;
    }
    writes.forEach(write -> append(write, exchange));
    if (exchange.request().acks() == ALL && writes.stream().anyMatch(PartitionWrite::isAppended)) {
      new ReplicationWait(timers, topics, exchange, writes, () -> answer(exchange, writes)).begin();
    } else {
      answer(exchange, writes);
    }
  }

  /** What cannot be done here, or what Kafka does to nobody's good; null if there is nothing. */
  private static @Nullable String findImpossible(
      ProduceRequest request, List<PartitionWrite> writes) {
    Set<String> names = new HashSet<>();
    for (PartitionWrite write : writes) {
      if (write.sent().state() == State.ABSENT) {
        return "records that are null for " + write.name() + ", which Kafka never answers";
      }
      if (!names.add(write.name())) {
        return "two writes to " + write.name() + " in one request; Kafka drops the first unsaid";
      }
      if (write.sent().isTransactional() && request.transactionalId() != null) {
        return "transactions, for which " + request.transactionalId() + " writes";
      }
    }
    return null;
  }

  /**
   * Fails all partitions for what is wrong with the first batch of one. Kafka looks at each first
   * batch, to know whether the request is transactional, before it looks at partitions.
   */
  private static boolean failsWhole(List<PartitionWrite> writes) {
    for (PartitionWrite write : writes) {
      if (write.sent().state() == State.CORRUPT_FROM_THE_START) {
        writes.forEach(each -> each.fail(ErrorCode.CORRUPT_MESSAGE, write.name() + " is damaged"));
        return true;
      }
      if (write.sent().isTransactional()) {
        writes.forEach(each -> each.fail(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED));
        return true;
      }
    }
    return false;
  }

  private List<PartitionWrite> writes(Exchange<ProduceRequest, ProduceResponse> exchange) {
    List<PartitionWrite> writes = new ArrayList<>();
    for (TopicProduceData data : exchange.request().topicData()) {
      Topic topic =
          exchange.version() >= TOPIC_IDS_SINCE
              ? topics.find(data.topicId())
              : topics.find(data.name());
      for (PartitionProduceData one : data.partitionData()) {
        writes.add(new PartitionWrite(data, topic, one));
      }
    }
    return writes;
  }

  private void append(PartitionWrite write, Exchange<ProduceRequest, ProduceResponse> exchange) {
    ErrorCode error = check(write, exchange);
    Partition partition = write.partition();
    if (error != ErrorCode.NONE || partition == null) {
      write.fail(error);
    } else if (exchange.request().acks() == ALL && !partition.hasEnoughInSync()) {
      write.failAt(partition.log(), ErrorCode.NOT_ENOUGH_REPLICAS);
    } else {
      write.append(partition);
    }
  }

  /** The first thing that is wrong with a write before its records are looked into. */
  private static ErrorCode check(
      PartitionWrite write, Exchange<ProduceRequest, ProduceResponse> exchange) {
    Topic topic = write.topic();
    int version = exchange.version();
    if (topic == null && version >= TOPIC_IDS_SINCE) {
      return ErrorCode.UNKNOWN_TOPIC_ID;
    }
    Partition partition = write.partition();
    if (topic == null || partition == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    ErrorCode format = checkFormat(write.sent(), version);
    if (format != ErrorCode.NONE) {
      return format;
    }
    short acks = exchange.request().acks();
    if (acks != ALL && acks != LEADER && acks != NONE) {
      return ErrorCode.INVALID_REQUIRED_ACKS;
    }
    if (topic.isInternal() && !exchange.clientId().equals(ADMIN_CLIENT_ID)) {
      return ErrorCode.INVALID_TOPIC_EXCEPTION;
    }
    return Leadership.checkLeader(partition, exchange.brokerId());
  }

  /** Which records a version of the request may carry: since 3 one batch of today's format. */
  private static ErrorCode checkFormat(SentRecords sent, int version) {
    if (sent.state() == State.CORRUPT_BEHIND_THE_FIRST) {
      return ErrorCode.CORRUPT_MESSAGE;
    }
    if (version < 3) {
      return ErrorCode.NONE;
    }
    if (sent.magic() != 2) {
      return ErrorCode.INVALID_RECORD;
    }
    if (version < 7 && sent.isZstd()) {
      return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
    }
    return sent.batches() == 1 ? ErrorCode.NONE : ErrorCode.INVALID_RECORD;
  }

  private void answer(
      Exchange<ProduceRequest, ProduceResponse> exchange, List<PartitionWrite> writes) {
    if (exchange.request().acks() != NONE) {
      exchange.answer(answers.of(writes, exchange.version()));
      return;
    }
    PartitionWrite failed =
        writes.stream().filter(write -> !write.isAppended()).findFirst().orElse(null);
    if (failed == null) {
      exchange.answerNothing();
    } else {
      exchange.closeConnection(
          "a producer that wants no answer (acks=0) is told of errors by this: " + failed);
    }
  }
}
