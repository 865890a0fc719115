package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.BrokerChannel;
import io.ottla.internal.cluster.metadata.LeaderHints;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.producer.Acks;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One Produce request on its way, and what its answer says of each of its batches.
 *
 * <p>Always: each batch hears once how it ended; one that the answer does not mention may be
 * written.
 */
@LoopConfined
final class Dispatch implements Reply<ProduceResponse>, Runnable {
  private static final long NO_OFFSET = -1;
  private static final int HINTS_TO_BELIEVE = 2;

  /**
   * What is on its way.
   *
   * @param version the request is written in
   * @param generation that of the snapshot by which the leader was chosen
   * @param shipments in the request's order
   * @param topics likewise
   * @param bytes about
   */
  record Cargo(
      ProduceRequest request,
      int version,
      long generation,
      List<Shipment> shipments,
      List<TopicLanes> topics,
      int bytes) {}

  private final Grounds grounds;
  private final Sink sink;
  private final Cargo cargo;
  private long sentNanos;

  /** Lanes whose leader is somebody else, and the answer does not say who. */
  private @Nullable List<Lane> misled;

  private boolean isHinted;

  Dispatch(Grounds grounds, Sink sink, Cargo cargo) {
    this.grounds = grounds;
    this.sink = sink;
    this.cargo = cargo;
  }

  void send(BrokerChannel to) {
    sentNanos = grounds.nanoTime();
    sink.meter().onRequest(cargo.shipments.size(), cargo.bytes);
    to.send(
        cargo.request,
        cargo.version,
        cargo.shipments.get(0).lane().settings().requestTimeoutNanos(),
        this,
        this);
  }

  /** Nothing reads the request's bytes any more. */
  @Override
  public void run() {
    for (Shipment shipment : cargo.shipments) {
      shipment.batch().letGo();
      shipment.lane().passage().onBytesFree();
    }
  }

  @Override
  public void onResponse(ProduceResponse response) {
    sink.meter().onResponse(grounds.nanoTime() - sentNanos);
    if (cargo.request.acks() == Acks.NONE.wireValue()) {
      for (Shipment shipment : cargo.shipments) {
        written(shipment, NO_OFFSET, BatchEnds.NO_TIME);
      }
    } else {
      settle(response);
      settleUnmentioned();
    }
    correctLeaders(response);
    over(true);
  }

  private void settle(ProduceResponse response) {
    List<TopicProduceResponse> answers = response.responses();
    for (int i = 0; i < answers.size(); i++) {
      TopicProduceResponse answer = answers.get(i);
      TopicLanes topic = topic(answer, i);
      if (topic != null) {
        for (PartitionProduceResponse each : answer.partitionResponses()) {
          Lane lane = topic.lane(each.index());
          Shipment shipment = lane == null ? null : lane.passage().find(this);
          if (shipment != null) {
            settle(shipment, each);
          }
        }
      }
    }
  }

  /** Brokers mostly answer in the request's order. */
  private @Nullable TopicLanes topic(TopicProduceResponse answer, int expectedAt) {
    List<ProduceRequest.TopicProduceData> asked = cargo.request.topicData();
    if (expectedAt < asked.size() && isOf(answer, asked.get(expectedAt))) {
      return cargo.topics.get(expectedAt);
    }
    for (int i = 0; i < asked.size(); i++) {
      if (isOf(answer, asked.get(i))) {
        return cargo.topics.get(i);
      }
    }
    return null;
  }

  private static boolean isOf(TopicProduceResponse answer, ProduceRequest.TopicProduceData asked) {
    return answer.name().isEmpty()
        ? answer.topicId().equals(asked.topicId())
        : answer.name().equals(asked.name());
  }

  private void settle(Shipment shipment, PartitionProduceResponse answer) {
    ErrorCode error = ErrorCode.of(answer.errorCode());
    Verdict verdict = error == ErrorCode.NONE ? Verdict.WRITTEN : Verdict.of(error);
    switch (verdict) {
      case WRITTEN -> written(shipment, answer.baseOffset(), appendTime(shipment, answer));
      case UNKNOWN, UNKNOWN_ELSEWHERE, AGAIN, MOVED -> again(shipment, answer, error, verdict);
      case OUT_OF_ORDER -> outOfOrder(shipment, error);
      case STALE_NUMBERS -> {
        grounds.ids().retire(numbers(shipment));
        outOfOrder(shipment, error);
      }
      case TOO_LARGE, BAD_RECORDS -> refusedAsItIs(shipment, answer, error, verdict);
      case DENIED, REFUSED, UNEXPLAINED -> refused(shipment, answer, error);
    }
  }

  /**
   * When the broker appended it, if the topic goes by that. Of a batch that it had already it tells
   * the batch's own latest time, whatever the topic goes by.
   */
  private static long appendTime(Shipment shipment, PartitionProduceResponse answer) {
    long told = answer.logAppendTimeMs();
    if (told < 0 || shipment.batch().attempts() == 1 || shipment.hasEnded()) {
      return told;
    }
    return shipment.lane().passage().latestTime(shipment) == told ? BatchEnds.NO_TIME : told;
  }

  private static Numbers numbers(Shipment shipment) {
    return new Numbers(shipment.batch().producerId(), shipment.batch().producerEpoch());
  }

  private void written(Shipment shipment, long baseOffset, long timeMs) {
    Lane lane = shipment.lane();
    lane.onProgress();
    lane.passage().onWritten(shipment, baseOffset, timeMs);
  }

  private void again(
      Shipment shipment, PartitionProduceResponse answer, ErrorCode error, Verdict verdict) {
    Lane lane = shipment.lane();
    // A leader that appended the batch, and then could not confirm it, tells its offset as well.
    boolean mayBeWritten =
        verdict.isUnknown()
            || (cargo.request.acks() == Acks.ALL.wireValue() && answer.baseOffset() >= 0);
    lane.onFruitless(sink.name(), error);
    if (verdict.isElsewhere()) {
      onMisled(lane, answer.currentLeader().leaderId() >= 0);
    }
    again(shipment, mayBeWritten, error, "said " + error);
  }

  private void onMisled(Lane lane, boolean isToldWhoLeads) {
    isHinted |= isToldWhoLeads;
    if (!isToldWhoLeads || lane.fruitless() > HINTS_TO_BELIEVE) {
      if (misled == null) {
        misled = new ArrayList<>();
      }
      misled.add(lane);
    }
  }

  private void again(
      Shipment shipment, boolean mayBeWritten, @Nullable ErrorCode error, String why) {
    Lane lane = shipment.lane();
    int retries = grounds.settings().retries();
    if (shipment.countFailure() > retries && retries >= 0) {
      if (mayBeWritten) {
        shipment.batch().outcome(SendOutcome.UNKNOWN);
      }
      refused(shipment, Troubles.retriesOver(shipment, why, error, retries));
    } else {
      lane.meter().onRetried(shipment.batch().count());
      lane.pause();
      lane.passage().onAgain(shipment, mayBeWritten, why);
    }
  }

  /** Some of its records may be taken without the others. */
  private void refusedAsItIs(
      Shipment shipment, PartitionProduceResponse answer, ErrorCode error, Verdict verdict) {
    ProducerBatch batch = shipment.batch();
    boolean isWorthIt =
        verdict == Verdict.TOO_LARGE
            || (!answer.recordErrors().isEmpty() && answer.recordErrors().size() < batch.count());
    boolean isCuttable =
        batch.count() > 1
            && batch.outcome() != SendOutcome.UNKNOWN
            && !shipment.isImplied()
            && !shipment.hasEnded();
    if (!isWorthIt || !isCuttable) {
      refused(shipment, answer, error);
      return;
    }
    Apart apart = new Apart(shipment, grounds);
    List<Apart.Part> parts =
        verdict == Verdict.TOO_LARGE ? apart.halves() : apart.without(bad(shipment, answer, error));
    shipment.lane().passage().onTakenApart(shipment, parts);
  }

  /** Why records were refused, by their index in the batch (KIP-467). */
  private Map<Integer, OttlaException> bad(
      Shipment shipment, PartitionProduceResponse answer, ErrorCode error) {
    Map<Integer, OttlaException> bad = new HashMap<>();
    for (BatchIndexAndErrorMessage one : answer.recordErrors()) {
      String said =
          one.batchIndexErrorMessage() == null
              ? answer.errorMessage()
              : one.batchIndexErrorMessage();
      bad.put(one.batchIndex(), Troubles.recordRefused(shipment.lane(), error, said, sink.name()));
    }
    return bad;
  }

  private void refused(Shipment shipment, PartitionProduceResponse answer, ErrorCode error) {
    refused(shipment, Troubles.refused(shipment, error, answer.errorMessage(), sink.name()));
  }

  private void outOfOrder(Shipment shipment, ErrorCode error) {
    Lane lane = shipment.lane();
    if (shipment == lane.passage().first() && !shipment.isImplied()) {
      lane.onFruitless(sink.name(), error);
      lane.pause();
    }
    lane.passage().onOutOfOrder(shipment, error.name());
  }

  private static void refused(Shipment shipment, OttlaException why) {
    shipment.lane().passage().onRefused(shipment, why);
  }

  private void settleUnmentioned() {
    for (Shipment shipment : cargo.shipments) {
      if (shipment.dispatch() == this) {
        shipment.lane().onFruitless(sink.name(), ErrorCode.UNKNOWN_SERVER_ERROR);
        again(shipment, true, null, "did not mention the partition in its answer");
      }
    }
  }

  /** Whoever leads instead is taken from the answer, or asked for. */
  private void correctLeaders(ProduceResponse response) {
    Metadata metadata = grounds.floor().metadata();
    if (isHinted) {
      LeaderHints hints = LeaderHints.of(response, metadata.view());
      if (!hints.isEmpty()) {
        metadata.hint(hints);
      }
    }
    if (misled != null) {
      for (Lane lane : misled) {
        metadata.complain(
            lane.topic(), lane.partition(), cargo.generation, sink.name() + " does not lead it");
      }
    }
  }

  @Override
  public void onFailure(OttlaException failure) {
    boolean mayBeWritten = failure.outcome() == SendOutcome.UNKNOWN;
    boolean isForGood =
        failure instanceof RefusedException
            || (mayBeWritten && cargo.request.acks() == Acks.NONE.wireValue());
    Set<String> topics = new HashSet<>();
    for (Shipment shipment : cargo.shipments) {
      topics.add(shipment.lane().topic());
      if (isForGood) {
        boolean isDoubtful = shipment.batch().outcome() == SendOutcome.UNKNOWN;
        refused(shipment, isDoubtful ? Troubles.perhapsBefore(shipment, failure) : failure);
      } else {
        shipment.lane().onFruitless(sink.name(), failure, null);
        again(shipment, mayBeWritten, null, String.valueOf(failure.getMessage()));
      }
    }
    if (!isForGood) {
      sink.lookAgain(topics);
    }
    over(false);
  }

  private void over(boolean isAnswered) {
    sink.meter().onOver(cargo.shipments.size());
    sink.onOver(isAnswered);
    for (Shipment shipment : cargo.shipments) {
      shipment.lane().onRequestOver();
    }
  }
}
