package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchResponse.EpochEndOffset;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.log.EpochEnd;
import io.ottla.testkit.internal.log.LogRead;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topics;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition at one broker, or says why not.
 *
 * <p>Thread: the cluster's loop. Always: records are handed out by reference. Units: sizes in
 * bytes.
 */
final class PartitionReader {
  /** Instead of a number of bytes: whatever there is, the answer must not wait. */
  static final int ANSWER_NOW = -1;

  private final Topics topics;
  private final NearestReplica nearest;
  private final FetchSettings settings;

  PartitionReader(Topics topics, BrokerDirectory brokers, FetchSettings settings) {
    this.topics = topics;
    this.nearest = new NearestReplica(brokers);
    this.settings = settings;
  }

  /** The partition that is meant, whoever has it; null if there is none of this name. */
  @Nullable Partition find(AskedPartition asked) {
    String topic = asked.topic();
    return topic == null ? null : topics.find(topic, asked.key().partition());
  }

  /**
   * Reads.
   *
   * @param maxBytes what is left of the whole answer's limit
   * @param minOneBatch whether a batch that is larger than the limits may come, alone
   */
  AnsweredPartition read(
      AskedPartition asked, FetchTerms terms, int maxBytes, boolean minOneBatch) {
    Partition partition = find(asked);
    ErrorCode refusal = refusal(asked, partition, terms);
    if (partition == null || refusal != ErrorCode.NONE) {
      return new AnsweredPartition(asked, PartitionAnswer.error(asked, refusal));
    }
    Replica replica = Replica.of(partition, terms.brokerId());
    OptionalInt nearer = nearer(asked, partition, terms);
    PartitionData data =
        nearer.isPresent()
            ? PartitionAnswer.of(asked, replica).preferredReadReplica(nearer.getAsInt())
            : read(asked, replica, terms, maxBytes, minOneBatch);
    return new AnsweredPartition(asked, data);
  }

  /**
   * How many bytes could be read now, as far as the partition's own limit goes; or {@link
   * #ANSWER_NOW}. The limit of the whole answer does not count.
   */
  int readableBytes(AskedPartition asked, FetchTerms terms) {
    Partition partition = find(asked);
    if (partition == null || refusal(asked, partition, terms) != ErrorCode.NONE) {
      return ANSWER_NOW;
    }
    Replica replica = Replica.of(partition, terms.brokerId());
    long offset = asked.asked().fetchOffset();
    long end = replica.readableEnd(terms.isolation());
    if (!replica.has(offset) || offset > end) {
      return ANSWER_NOW; // a divergence, too, begins with a truncation below the offset
    }
    int maxBytes = asked.asked().partitionMaxBytes();
    return maxBytes < 0
        ? ANSWER_NOW
        : partition.log().read(offset, end, maxBytes, false).sizeInBytes();
  }

  private PartitionData read(
      AskedPartition asked, Replica replica, FetchTerms terms, int maxBytes, boolean minOneBatch) {
    FetchPartition wanted = asked.asked();
    long offset = wanted.fetchOffset();
    if (!agrees(wanted, replica)) {
      EpochEnd end = endOf(wanted.lastFetchedEpoch(), replica);
      return end.epoch() < 0 || offset < replica.start()
          ? PartitionAnswer.error(asked, ErrorCode.OFFSET_OUT_OF_RANGE)
          : PartitionAnswer.of(asked, replica)
              .divergingEpoch(new EpochEndOffset().epoch(end.epoch()).endOffset(end.endOffset()));
    }
    if (!replica.has(offset)) {
      return PartitionAnswer.error(asked, ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    long upTo = replica.readableEnd(terms.isolation());
    int limit = Math.min(wanted.partitionMaxBytes(), maxBytes);
    if (limit < 0 && offset < upTo) {
      return PartitionAnswer.error(asked, ErrorCode.UNKNOWN_SERVER_ERROR);
    }
    LogRead read = replica.partition().log().read(offset, upTo, Math.max(limit, 0), minOneBatch);
    if (read.isFirstIncomplete() && !terms.hasHardLimits()) {
      read = LogRead.EMPTY;
    }
    PartitionData data = PartitionAnswer.of(asked, replica).records(read.bytes());
    return terms.isolation() == FetchTerms.Isolation.LAST_STABLE_OFFSET
        ? data.abortedTransactions(Aborted.in(replica.partition().log(), offset, upTo, read))
        : data;
  }

  private ErrorCode refusal(AskedPartition asked, @Nullable Partition partition, FetchTerms terms) {
    if (asked.topic() == null) {
      return ErrorCode.UNKNOWN_TOPIC_ID;
    }
    if (partition == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    if (!partition.replicas().contains(terms.brokerId())) {
      return ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }
    if (terms.version() >= FetchSessions.FIRST_VERSION_WITH_TOPIC_IDS
        && !partition.topic().id().equals(asked.key().topicId())) {
      return ErrorCode.INCONSISTENT_TOPIC_ID; // the name is of a topic that was created again
    }
    int epoch = asked.asked().currentLeaderEpoch();
    if (epoch >= 0 && epoch != partition.leaderEpoch()) {
      return epoch < partition.leaderEpoch()
          ? ErrorCode.FENCED_LEADER_EPOCH
          : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }
    return terms.needsLeader() && !partition.isLedBy(terms.brokerId())
        ? ErrorCode.NOT_LEADER_OR_FOLLOWER
        : ErrorCode.NONE;
  }

  private OptionalInt nearer(AskedPartition asked, Partition partition, FetchTerms terms) {
    String rack = terms.rack();
    return rack != null && settings.isRackAware() && partition.isLedBy(terms.brokerId())
        ? nearest.choose(partition, rack, asked.asked().fetchOffset())
        : OptionalInt.empty();
  }

  /**
   * Whether what the reader has before its offset is in this log too, as far as epochs tell
   * (KIP-595). A reader that says nothing of it, with a negative epoch, agrees.
   */
  private static boolean agrees(FetchPartition wanted, Replica replica) {
    int epoch = wanted.lastFetchedEpoch();
    if (epoch < 0) {
      return true;
    }
    EpochEnd end = endOf(epoch, replica);
    return end.epoch() == epoch && end.endOffset() >= wanted.fetchOffset();
  }

  private static EpochEnd endOf(int epoch, Replica replica) {
    EpochEnd end = replica.partition().log().endOfEpoch(epoch);
    return new EpochEnd(end.epoch(), Math.min(end.endOffset(), replica.end()));
  }
}
