package io.ottla.cli.produce;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.Leaders;
import io.ottla.cli.cluster.Patience;
import io.ottla.cli.cluster.TopicView;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition on their way to its leader, one at a time and in order.
 *
 * <p>Owns: the batches that are handed to it. Thread: all on the writer's executor.
 *
 * <p>Always: a batch keeps its sequence numbers however often it is sent, so that no attempt can
 * double it. After a batch has failed, all behind it fail too: they would leave a gap.
 */
final class PartitionSender {
  private static final short ALL_IN_SYNC = -1;

  private final Cluster cluster;
  private final Leaders leaders;
  private final ScheduledExecutorService executor;
  private final ProducerIdentity identity;
  private final Ledger ledger;
  private final Duration timeout;
  private final int partition;

  private final ArrayDeque<SealedBatch> waiting = new ArrayDeque<>();
  private int nextSequence;
  private @Nullable String failure;

  // Of the batch that is on its way; null if none is.
  private @Nullable SealedBatch current;
  private Patience patience = new Patience(Duration.ZERO);
  private boolean mayHaveArrived;

  PartitionSender(
      Cluster cluster,
      Leaders leaders,
      ScheduledExecutorService executor,
      ProducerIdentity identity,
      Ledger ledger,
      Duration timeout,
      int partition) {
    this.cluster = cluster;
    this.leaders = leaders;
    this.executor = executor;
    this.identity = identity;
    this.ledger = ledger;
    this.timeout = timeout;
    this.partition = partition;
  }

  void add(SealedBatch batch) {
    if (failure != null) {
      ledger.failed(batch.count(), batch.heldBytes(), false, failure);
      return;
    }
    waiting.add(batch);
    if (current == null) {
      begin();
    }
  }

  private void begin() {
    current = waiting.poll();
    if (current != null) {
      patience = new Patience(timeout);
      mayHaveArrived = false;
      send(current);
    }
  }

  /** Whatever goes wrong here becomes the batch's outcome: nobody else would hear of it. */
  private void send(SealedBatch batch) {
    try {
      int leader = leaders.of(partition);
      if (leader == TopicView.NO_LEADER) {
        later(batch, leaders.problem());
      } else {
        sendTo(leader, batch);
      }
    } catch (InterruptedException e) {
      giveUp(batch, "interrupted");
    } catch (RuntimeException e) {
      failed(batch, e);
    }
  }

  private void sendTo(int leader, SealedBatch batch) {
    ByteBuffer bytes = batch.number(identity.id(), identity.epoch(), nextSequence);
    Duration remaining = patience.remaining();
    Duration wait =
        remaining.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : remaining;
    CompletableFuture<?> unused =
        cluster
            .broker(leader)
            .request(request(bytes, wait), wait)
            .whenCompleteAsync((response, problem) -> answered(batch, response, problem), executor);
  }

  private ProduceRequest request(ByteBuffer batch, Duration wait) {
    ProduceRequest.PartitionProduceData data =
        new ProduceRequest.PartitionProduceData().index(partition).records(batch);
    ProduceRequest.TopicProduceData ofTopic =
        new ProduceRequest.TopicProduceData()
            .name(leaders.topic())
            .topicId(leaders.topicId())
            .partitionData(List.of(data));
    return new ProduceRequest()
        .acks(ALL_IN_SYNC)
        .timeoutMs((int) wait.toMillis())
        .topicData(List.of(ofTopic));
  }

  private void answered(
      SealedBatch batch, @Nullable ProduceResponse response, @Nullable Throwable problem) {
    if (problem != null) {
      failed(batch, Answers.reason(problem));
      return;
    }
    ProduceResponse.PartitionProduceResponse result = result(response);
    if (result == null) {
      giveUp(batch, "the broker's answer has no result for it");
      return;
    }
    ErrorCode error = ErrorCode.of(result.errorCode());
    if (error == ErrorCode.NONE || error == ErrorCode.DUPLICATE_SEQUENCE_NUMBER) {
      delivered(batch);
    } else if (error.isRetriable()) {
      mayHaveArrived |= error == ErrorCode.REQUEST_TIMED_OUT;
      later(batch, error.toString());
    } else {
      String words = result.errorMessage();
      giveUp(batch, (words == null ? error.message() : words) + " (" + error + ")");
    }
  }

  private static ProduceResponse.@Nullable PartitionProduceResponse result(
      @Nullable ProduceResponse response) {
    if (response == null || response.responses().isEmpty()) {
      return null;
    }
    List<ProduceResponse.PartitionProduceResponse> results =
        response.responses().get(0).partitionResponses();
    return results.isEmpty() ? null : results.get(0);
  }

  private void failed(SealedBatch batch, Throwable problem) {
    if (problem instanceof OttlaException known) {
      mayHaveArrived |= known.outcome() == SendOutcome.UNKNOWN;
    }
    String words = String.valueOf(problem.getMessage());
    if (problem instanceof RetriableException || problem instanceof TimeoutException) {
      later(batch, words);
    } else {
      giveUp(batch, words);
    }
  }

  private void later(SealedBatch batch, String problem) {
    if (patience.isExhausted()) {
      giveUp(batch, problem);
      return;
    }
    leaders.doubt();
    Future<?> unused =
        executor.schedule(() -> send(batch), patience.nextPauseMs(), TimeUnit.MILLISECONDS);
  }

  private void delivered(SealedBatch batch) {
    nextSequence = after(nextSequence, batch.count());
    ledger.delivered(batch.count(), batch.heldBytes());
    // The bytes of an attempt without an answer may still be on their way: they are not used again.
    if (!mayHaveArrived) {
      batch.release();
    }
    begin();
  }

  private void giveUp(SealedBatch batch, String problem) {
    int attempts = patience.attempts();
    failure =
        leaders.topic()
            + "-"
            + partition
            + (attempts > 1 ? ", " + attempts + " attempts, last: " : ": ")
            + problem;
    ledger.failed(batch.count(), batch.heldBytes(), mayHaveArrived, failure);
    for (SealedBatch behind : waiting) {
      ledger.failed(behind.count(), behind.heldBytes(), false, failure);
    }
    waiting.clear();
  }

  /** Sequence numbers go from the largest int back to 0. */
  static int after(int sequence, int records) {
    return (int) (((long) sequence + records) & Integer.MAX_VALUE);
  }
}
