package io.ottla.internal.producer;

import io.ottla.Route;
import io.ottla.error.AuthorizationException;
import io.ottla.error.RefusedException;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersRequest.TopicRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.ottla.protocol.message.DescribeProducersResponse.ProducerState;
import io.ottla.protocol.message.DescribeProducersResponse.TopicResponse;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Asks a leader which of a producer's numbers it has seen last (KIP-664; Kafka 2.8, Read). */
@LoopConfined
final class LeaderQuestion {
  private final Shipment doubted;

  private LeaderQuestion(Shipment doubted) {
    this.doubted = doubted;
  }

  /** Asks; the lane's passage hears. */
  static void ask(Grounds grounds, Shipment doubted) {
    new LeaderQuestion(doubted).ask(grounds);
  }

  private void ask(Grounds grounds) {
    Lane lane = doubted.lane();
    TopicRequest topic =
        new TopicRequest()
            .name(lane.topic())
            .partitionIndexes(new ArrayList<>(List.of(lane.partition())));
    DescribeProducersRequest question =
        new DescribeProducersRequest().topics(new ArrayList<>(List.of(topic)));
    Duration timeout = Duration.ofNanos(lane.settings().requestTimeoutNanos());
    CompletableFuture<Void> unused =
        grounds
            .floor()
            .request(question, Route.leader(lane.topic(), lane.partition()), timeout)
            .handle(
                (response, thrown) -> {
                  end(response == null ? failed(thrown) : read(response));
                  return null;
                });
  }

  private void end(Passage.Knowledge knowledge) {
    if (knowledge == Passage.Knowledge.ASK_AGAIN) {
      doubted.lane().pause();
    }
    doubted.lane().passage().onKnowledge(doubted, knowledge);
  }

  private static Passage.Knowledge failed(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
    boolean isForGood =
        cause instanceof RefusedException || cause instanceof AuthorizationException;
    return isForGood ? Passage.Knowledge.NOBODY_KNOWS : Passage.Knowledge.ASK_AGAIN;
  }

  private Passage.Knowledge read(DescribeProducersResponse response) {
    for (TopicResponse topic : response.topics()) {
      for (PartitionResponse partition : topic.partitions()) {
        if (partition.partitionIndex() == doubted.lane().partition()) {
          return read(partition);
        }
      }
    }
    return Passage.Knowledge.ASK_AGAIN;
  }

  private Passage.Knowledge read(PartitionResponse partition) {
    ErrorCode error = ErrorCode.of(partition.errorCode());
    if (error != ErrorCode.NONE) {
      return Verdict.of(error).isRetried()
          ? Passage.Knowledge.ASK_AGAIN
          : Passage.Knowledge.NOBODY_KNOWS;
    }
    for (ProducerState producer : partition.activeProducers()) {
      if (producer.producerId() == doubted.batch().producerId()) {
        return read(producer);
      }
    }
    // It has forgotten the producer, so it cannot know what became of its records.
    return Passage.Knowledge.NOBODY_KNOWS;
  }

  private Passage.Knowledge read(ProducerState producer) {
    ProducerBatch batch = doubted.batch();
    if (producer.producerEpoch() < batch.producerEpoch()) {
      return Passage.Knowledge.NOT_WRITTEN;
    }
    if (producer.producerEpoch() > batch.producerEpoch()) {
      return Passage.Knowledge.NOBODY_KNOWS;
    }
    return covers(producer.lastSequence(), batch)
        ? Passage.Knowledge.WRITTEN
        : Passage.Knowledge.NOT_WRITTEN;
  }

  /** Whether the last number is the batch's last or a later one; numbers wrap. */
  private static boolean covers(int lastSequence, ProducerBatch batch) {
    int last = Numbers.sequence(batch.baseSequence(), batch.count() - 1);
    int ahead = Numbers.sequence(lastSequence, 0) - last;
    return lastSequence >= 0 && (ahead << 1) >= 0;
  }
}
