package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.producer.Acks;
import io.ottla.protocol.record.RecordBatches;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches of one partition that were taken from its source and have not ended, and the rules by
 * which they are numbered, sent, sent again, and told.
 *
 * <p>Always: ends are told in order; a batch goes with the same numbers until it is surely not
 * written; none is sent while one before it has to go again and something is in flight; at most one
 * is in flight before the leader has taken the first. Knows no broker, no timer and no pause.
 */
@LoopConfined
final class Passage {
  /** What a leader said when it was asked for the numbers that it has seen. */
  enum Knowledge {
    /** The batch is in the log. */
    WRITTEN,
    /** It is not. */
    NOT_WRITTEN,
    /** Nobody will ever tell. */
    NOBODY_KNOWS,
    /** Nobody told now. */
    ASK_AGAIN
  }

  /** The world around. */
  interface Shore {
    /** Something may be sent, or sent again. */
    void onOpen();

    /** The producer's id is needed, and not there. */
    void awaitNumbers();

    /** Whether the batch is written is to be asked; {@link #onKnowledge} hears it. */
    void ask(Shipment doubted);

    /** Why a batch ends of which nobody knows. */
    OttlaException unresolved(Shipment shipment);
  }

  private static final Logger log = LoggerFactory.getLogger(Passage.class);
  private static final long NO_OFFSET = -1;

  private final Lane lane;
  private final BatchSource source;
  private final BatchEnds ends;
  private final ProducerIds ids;
  private final Shore shore;
  private final int mostInFlight;
  private final int mostUnnumberedInFlight;
  private final long deliveryTimeoutNanos;

  private final ArrayDeque<Shipment> shipments = new ArrayDeque<>(); // in order; none is TOLD
  private final ArrayList<Shipment> flying =
      new ArrayList<>(); // those with a request, also if TOLD
  private int waiting; // how many of the shipments are WAITING
  private LaneState state = LaneState.FLOWING;
  private boolean isNumbered;
  private @Nullable Numbers numbers; // null before the first batch
  private int nextSequence;
  private boolean isProved; // the leader has taken a batch with these numbers
  private boolean mustLand; // something goes again when nothing is in flight any more
  private boolean hasGap; // a batch before all of these is surely not written; not while FLOWING

  Passage(Lane lane, Grounds grounds, Shore shore) {
    this.lane = lane;
    this.source = lane.source();
    this.ends = grounds.ends();
    this.ids = grounds.ids();
    this.shore = shore;
    this.mostInFlight = grounds.settings().maxInFlight();
    this.mostUnnumberedInFlight =
        lane.settings().acks() == Acks.NONE // nothing is sent again that a leader may have
            ? mostInFlight
            : grounds.settings().maxUnnumberedInFlight();
    this.deliveryTimeoutNanos = lane.settings().deliveryTimeoutNanos();
    this.isNumbered = grounds.settings().isIdempotent() && lane.settings().acks() == Acks.ALL;
  }

  LaneState state() {
    return state;
  }

  /** Whether requests with batches of it are under way. */
  boolean isInFlight() {
    return !flying.isEmpty();
  }

  boolean isEmpty() {
    return shipments.isEmpty();
  }

  /** Whether a batch that it has is to be sent. */
  boolean hasWaiting() {
    return waiting > 0;
  }

  /** The first that has not ended; null if there is none. */
  @Nullable Shipment first() {
    Shipment head = shipments.peek(); // mostly that one
    return head == null || !head.hasEnded() ? head : firstOf(shipment -> !shipment.hasEnded());
  }

  private @Nullable Shipment firstOf(Predicate<Shipment> wanted) {
    for (Shipment shipment : shipments) {
      if (wanted.test(shipment)) {
        return shipment;
      }
    }
    return null;
  }

  /** Whether the rules let something be sent now. */
  boolean isOpen(int mostOfLeader) {
    return switch (state) {
      case FLOWING -> flying.size() < limit(mostOfLeader) && (flying.isEmpty() || !mustLand);
      case RESOLVING -> flying.isEmpty();
      case DRAINING, ASKING, RENUMBERING, CLOSED -> false;
    };
  }

  private int limit(int mostOfLeader) {
    return isNumbered && !isProved
        ? 1
        : Math.min(isNumbered ? mostInFlight : mostUnnumberedInFlight, mostOfLeader);
  }

  /** Whether there are numbers, if they are needed; takes the newest when all has ended. */
  boolean hasNumbers() {
    if (!isNumbered) {
      return true;
    }
    Numbers newest = ids.current();
    if (newest == null && ids.isOff()) {
      isNumbered = false;
      return true;
    }
    if (newest != null && !newest.equals(numbers) && isUnused()) {
      begin(newest);
    }
    return numbers != null;
  }

  private boolean isUnused() {
    return state == LaneState.FLOWING
        && flying.isEmpty()
        && (numbers == null || shipments.isEmpty());
  }

  /** For tests: as if so many records had been sent. */
  void skipTo(int sequence) {
    nextSequence = sequence;
  }

  /** For tests: as if the producer had come so far. */
  void skipTo(Numbers with) {
    begin(with);
    ids.skipTo(with);
  }

  private void begin(Numbers with) {
    numbers = with;
    nextSequence = 0;
    isProved = false;
    hasGap = false;
  }

  /** What is to be sent next; stays where it is until {@link #leave}. Null if there is nothing. */
  @Nullable Shipment next(boolean isIdle, int mostOfLeader) {
    if (!isOpen(mostOfLeader)) {
      return null;
    }
    if (state == LaneState.RESOLVING) {
      return firstUnknown();
    }
    if (flying.isEmpty()) {
      mustLand = false;
    }
    if (waiting > 0) {
      return firstOf(Shipment::isWaiting);
    }
    ProducerBatch batch = source.poll(isIdle);
    return batch == null ? null : take(batch);
  }

  /** Takes a batch of the source's behind all others. */
  Shipment take(ProducerBatch batch) {
    Shipment shipment = new Shipment(batch, lane, batch.openedNanos() + deliveryTimeoutNanos);
    shipments.add(shipment);
    waiting++;
    return shipment;
  }

  /** The bytes of a batch as they are sent: the same each time. */
  ByteBuffer load(Shipment shipment) {
    ProducerBatch batch = shipment.batch();
    Numbers current = numbers;
    if (!isNumbered || current == null) {
      return batch.sealed().number();
    }
    if (!batch.isNumbered()) {
      batch.number(current.id(), current.epoch(), nextSequence);
      nextSequence = Numbers.sequence(nextSequence, batch.count());
    }
    return batch.sealed().number(batch.producerId(), batch.producerEpoch(), batch.baseSequence());
  }

  /** The latest of its records' times. */
  long latestTime(Shipment shipment) {
    return RecordBatches.of(load(shipment)).iterator().next().maxTimestamp();
  }

  /** A batch is part of a request from now on. */
  void leave(Shipment shipment, Dispatch with) {
    shipment.leave(with);
    waiting--;
    flying.add(shipment);
  }

  /** The batch that is part of a request; null if there is none. */
  @Nullable Shipment find(Dispatch dispatch) {
    for (int i = 0; i < flying.size(); i++) {
      if (flying.get(i).dispatch() == dispatch) {
        return flying.get(i);
      }
    }
    return null;
  }

  /** Whether somebody still waits for how it ends. */
  private boolean land(Shipment shipment) {
    flying.remove(shipment);
    shipment.land();
    return !shipment.hasEnded();
  }

  /** A leader has it. */
  void onWritten(Shipment shipment, long baseOffset, long logAppendTimeMs) {
    if (land(shipment)) {
      isProved = true;
      if (shipment != shipments.peek()) {
        implyBefore(shipment);
      }
      shipment.written(baseOffset, logAppendTimeMs);
      tell();
    }
    step();
  }

  /** A leader takes batches only in order: it has those before, too. */
  private void implyBefore(Shipment written) {
    if (!written.batch().isNumbered()) {
      return;
    }
    for (Shipment before : shipments) {
      if (before == written) {
        return;
      }
      if (before.batch().producerEpoch() == written.batch().producerEpoch()
          && !before.hasEnded()
          && before.isUnknown()) {
        before.imply();
      }
    }
  }

  /** It is to go again; with the same numbers. */
  void onAgain(Shipment shipment, boolean mayBeWritten, String why) {
    if (land(shipment)) {
      turnBack(shipment, mayBeWritten, why);
    }
    step();
  }

  private void turnBack(Shipment shipment, boolean mayBeWritten, String why) {
    if (mayBeWritten) {
      shipment.batch().outcome(SendOutcome.UNKNOWN);
    }
    shipment.turnBack(why);
    waiting++;
    mustLand = true;
    isProved = false;
  }

  /** Its numbers do not follow those that the leader knows. */
  void onOutOfOrder(Shipment shipment, String why) {
    if (land(shipment)) {
      boolean isFirst = shipment == first();
      if (shipment.isImplied()) {
        shipment.written(NO_OFFSET, BatchEnds.NO_TIME);
        tell();
      } else {
        turnBack(shipment, false, why);
        if (isFirst) {
          doubt(shipment, why);
        }
      }
    }
    step();
  }

  /** Nothing before it is missing, and yet it does not follow. */
  private void doubt(Shipment first, String why) {
    if (first.isUnknown() && state != LaneState.DRAINING) {
      first.doubt();
    }
    breakOff(why);
  }

  /** It will never be taken. */
  void onRefused(Shipment shipment, OttlaException failure) {
    if (land(shipment)) {
      end(shipment, failure);
      tell();
    }
    step();
  }

  /** Others, made of its records, go in its place; it is surely not written. */
  void onTakenApart(Shipment whole, List<Apart.Part> parts) {
    if (land(whole)) {
      if (whole.batch().isNumbered()) {
        breakOff("a batch was taken apart");
      }
      waiting -= whole.isWaiting() ? 1 : 0;
      List<Shipment> all = new ArrayList<>(shipments);
      shipments.clear();
      all.forEach(each -> putBack(each, whole, parts));
      mustLand = true;
      whole.dissolve();
      ends.replaced(whole.batch());
      tell();
    }
    step();
  }

  private void putBack(Shipment each, Shipment whole, List<Apart.Part> parts) {
    if (each != whole) {
      shipments.add(each);
      return;
    }
    lane.meter().onMovedAway(whole.batch());
    for (Apart.Part part : parts) {
      lane.meter().onMovedHere(part.batch());
      Shipment shipment = take(part.batch());
      OttlaException failure = part.failure();
      if (failure != null) {
        end(shipment, failure);
      }
    }
  }

  private void end(Shipment shipment, OttlaException failure) {
    if (shipment.isWaiting()) {
      waiting--;
    }
    if (shipment.isImplied()) {
      shipment.written(NO_OFFSET, BatchEnds.NO_TIME);
      return;
    }
    shipment.failed(failure);
    if (shipment.batch().isNumbered()) {
      hasGap |= shipment == firstNotWritten() && failure.outcome() != SendOutcome.UNKNOWN;
      breakOff("a batch failed");
    }
  }

  private @Nullable Shipment firstNotWritten() {
    return firstOf(shipment -> shipment.state() != ShipmentState.WRITTEN);
  }

  private void breakOff(String why) {
    if (isNumbered && state == LaneState.FLOWING) {
      moveTo(LaneState.DRAINING, why);
    }
  }

  private void tell() {
    for (Shipment head = shipments.peek();
        head != null && head.hasEnded();
        head = shipments.peek()) {
      shipments.remove();
      head.tell(ends);
    }
  }

  /** Nothing reads the bytes of one of its batches any more. */
  void onBytesFree() {
    if (state == LaneState.RENUMBERING) {
      step();
    }
  }

  /** There is a producer id, or there will never be one. */
  void onNumbers() {
    if (state == LaneState.RENUMBERING) {
      step();
    } else {
      shore.onOpen();
    }
  }

  /** Another leader, or the same one elected anew: it has taken nothing so far. */
  void onLeader() {
    isProved = false;
  }

  /** The topic was made anew: what was sent before is not in it. */
  void onTopicMadeAnew() {
    if (!isNumbered || numbers == null || state == LaneState.CLOSED) {
      return;
    }
    for (Shipment shipment : shipments) {
      if (shipment.isWaiting()) {
        shipment.batch().outcome(SendOutcome.NOT_SENT);
      }
    }
    breakOff("the topic was made anew");
    step();
  }

  /** What a question that {@link Shore#ask} was asked for brought. */
  void onKnowledge(Shipment doubted, Knowledge knowledge) {
    if (state != LaneState.ASKING) {
      return;
    }
    moveTo(LaneState.RESOLVING, "the leader's numbers: " + knowledge);
    if (!doubted.hasEnded()) {
      switch (knowledge) {
        case WRITTEN -> {
          waiting--;
          doubted.written(NO_OFFSET, BatchEnds.NO_TIME);
        }
        case NOT_WRITTEN -> doubted.batch().outcome(SendOutcome.NOT_SENT);
        case NOBODY_KNOWS -> end(doubted, shore.unresolved(doubted));
        case ASK_AGAIN -> {}
      }
      tell();
    }
    step();
  }

  private void step() {
    switch (state) {
      case FLOWING -> shore.onOpen();
      case DRAINING -> {
        if (flying.isEmpty()) {
          moveTo(LaneState.RESOLVING, "nothing is in flight");
          step();
        }
      }
      case RESOLVING -> resolve();
      case RENUMBERING -> renumber();
      case ASKING, CLOSED -> {}
    }
  }

  private void resolve() {
    if (!flying.isEmpty()) {
      return;
    }
    concludeFromGaps();
    Shipment unknown = firstUnknown();
    if (unknown == null) {
      moveTo(LaneState.RENUMBERING, "nothing is unknown");
      renumber();
    } else if (unknown.isDoubted()) {
      moveTo(LaneState.ASKING, "a batch that may be written is out of order");
      shore.ask(unknown);
    } else {
      shore.onOpen();
    }
  }

  /** What comes behind a batch that is surely not written is not written either. */
  private void concludeFromGaps() {
    boolean isBehindGap = hasGap;
    for (Shipment shipment : shipments) {
      if (shipment.isWaiting()) {
        if (!shipment.isUnknown()) {
          isBehindGap = true;
        } else if (isBehindGap && !shipment.isImplied()) {
          shipment.batch().outcome(SendOutcome.NOT_SENT);
        }
      }
    }
  }

  private @Nullable Shipment firstUnknown() {
    return firstOf(shipment -> shipment.isWaiting() && shipment.isUnknown());
  }

  private void renumber() {
    for (Shipment shipment : shipments) {
      if (shipment.batch().isNumbered() && !shipment.batch().isFree()) {
        return; // a socket still holds its bytes; onBytesFree comes
      }
    }
    Numbers next = ids.after(numbers);
    if (next == null) {
      shore.awaitNumbers();
      return;
    }
    begin(next);
    mustLand = false;
    for (Shipment shipment : shipments) {
      shipment.forgetNumbers();
    }
    moveTo(LaneState.FLOWING, "epoch " + next.epoch() + " of producer " + next.id());
    shore.onOpen();
  }

  /** Ends what is due, and tells of what a broker may have that nobody knows. */
  void expire(long nowNanos, Function<Shipment, OttlaException> failure) {
    giveUpWhile(shipment -> shipment.isDue(nowNanos), failure);
  }

  private void giveUpWhile(Predicate<Shipment> due, Function<Shipment, OttlaException> failure) {
    boolean hasChanged = false;
    for (Shipment shipment : shipments) {
      if (!shipment.hasEnded()) {
        if (!due.test(shipment)) {
          break;
        }
        end(shipment, failure.apply(shipment));
        hasChanged = true;
      }
    }
    if (hasChanged) {
      tell();
      step();
    }
  }

  /** Ends those that no broker can have, or all. */
  void purge(boolean isAll, Function<Shipment, OttlaException> failure) {
    for (Shipment shipment : shipments) {
      if (!shipment.hasEnded() && (isAll || !shipment.isUnknown())) {
        end(shipment, failure.apply(shipment));
      }
    }
    tell();
    step();
  }

  /** Ends everything. */
  void close(Function<Shipment, OttlaException> failure) {
    moveTo(LaneState.CLOSED, "closed");
    for (Shipment shipment : shipments) {
      if (!shipment.hasEnded()) {
        end(shipment, failure.apply(shipment));
      }
    }
    tell();
  }

  /** Lets go what no broker can have and somebody else takes. */
  void moveAway(Predicate<ProducerBatch> taker) {
    boolean hasMoved = false;
    for (Shipment shipment : new ArrayList<>(shipments)) {
      ProducerBatch batch = shipment.batch();
      if (shipment.isWaiting() && batch.isMovable() && batch.isFree()) {
        boolean wasNumbered = batch.isNumbered();
        boolean wasFirst = shipment == first();
        long id = batch.producerId();
        short epoch = batch.producerEpoch();
        int sequence = batch.baseSequence();
        shipment.forgetNumbers();
        if (taker.test(batch)) {
          shipments.remove(shipment);
          waiting--;
          hasMoved = true;
          if (wasNumbered) {
            hasGap |= wasFirst;
            breakOff("a batch moved to another partition");
          }
        } else if (wasNumbered) {
          batch.number(id, epoch, sequence);
        }
      }
    }
    if (hasMoved) {
      tell();
      step();
    }
  }

  private void moveTo(LaneState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          lane.topic() + "-" + lane.partition() + ": " + state + " -> " + next + ": " + why);
    }
    log.debug("{}-{} {} -> {}: {}", lane.topic(), lane.partition(), state, next, why);
    state = next;
  }
}
