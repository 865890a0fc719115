package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.route.Attempts;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of one partition is on its way to, or comes back from, its leader.
 *
 * <p>Owns: who leads, the pauses between attempts, and the {@link Passage}, which knows the rules
 * of order. Thread: the loop; {@link #isFailing} any. Always: nothing goes to a new leader before
 * all that went to the old one has ended.
 */
@LoopConfined
final class Lane implements Passage.Shore {
  private static final int FRUITLESS_TO_FAIL = 2;
  private static final int HASTY_MOVES = 2;

  private final String topic;
  private final int partition;
  private final TopicSettings settings;
  private final BatchSource source;
  private final TopicLanes siblings;
  private final Grounds grounds;
  private final PartitionMeter meter;
  private final Passage passage;
  private final LeaderSearch search;

  private volatile boolean isFailing; // written on the loop

  private @Nullable Sink sink; // where it sends to; null if that is to be found out
  private boolean isMoving; // somebody else leads, and something is in flight
  private boolean isAwaitingNumbers;
  private boolean isEnlisted; // with the deadlines
  private boolean isClosed;
  private int fruitless; // attempts of no use in a row
  private Loop.@Nullable Delayed pause;
  private Loop.@Nullable Delayed recovery; // only while it is failing
  private @Nullable Attempts attempts; // null before the first of no use

  /** In whose ring it stands; the sink's. */
  private @Nullable Sink ring;

  private boolean isWaitingForIdleness; // the sink's as well

  Lane(String topic, int partition, TopicSettings settings, Shared shared) {
    this.topic = topic;
    this.partition = partition;
    this.settings = settings;
    this.source = shared.source();
    this.siblings = shared.siblings();
    this.grounds = shared.grounds();
    this.meter = grounds.meter().partition(topic, partition);
    this.passage = new Passage(this, grounds, this);
    this.search = new LeaderSearch(this, grounds);
  }

  /** What a lane stands between. */
  record Shared(BatchSource source, TopicLanes siblings, Grounds grounds) {}

  String topic() {
    return topic;
  }

  int partition() {
    return partition;
  }

  TopicSettings settings() {
    return settings;
  }

  BatchSource source() {
    return source;
  }

  TopicLanes siblings() {
    return siblings;
  }

  PartitionMeter meter() {
    return meter;
  }

  Passage passage() {
    return passage;
  }

  @Nullable Sink sink() {
    return sink;
  }

  @Nullable Sink ring() {
    return ring;
  }

  void ring(@Nullable Sink now) {
    ring = now;
  }

  /** Whether keyless records had better go elsewhere. Any thread. */
  boolean isFailing() {
    return isFailing;
  }

  /** Its source has a batch, or a ripe one. */
  void onReady() {
    if (isClosed) {
      end(Troubles::closed);
      return;
    }
    if (!isEnlisted) {
      enlist(firstDeadline(grounds.nanoTime() + settings.deliveryTimeoutNanos()));
    }
    if (isFailing) {
      moveAway();
    }
    onOpen();
  }

  /** Goes into the ring of its leader, if it is open and has something. */
  @Override
  public void onOpen() {
    if (ring != null
        || isClosed
        || isAwaitingNumbers
        || pause != null
        || !passage.isOpen(Integer.MAX_VALUE)
        || !hasWork()) {
      return;
    }
    Sink to = leader();
    if (to != null && !isMoving) {
      to.enter(this);
    }
  }

  /** Whether it has something, or will when its leader is idle. */
  boolean hasWork() {
    return passage.hasWaiting() || source.hasBatch(true);
  }

  int fruitless() {
    return fruitless;
  }

  boolean isWaitingForIdleness() {
    return isWaitingForIdleness;
  }

  void isWaitingForIdleness(boolean is) {
    isWaitingForIdleness = is;
  }

  /** Whether it would give a batch at once. */
  boolean isOpen(boolean isIdle, int mostOfLeader) {
    return !isMoving
        && pause == null
        && !isAwaitingNumbers
        && passage.isOpen(mostOfLeader)
        && (passage.hasWaiting() || source.hasBatch(isIdle));
  }

  /** The next one for its leader; null if there is none now. */
  @Nullable Shipment next(boolean isIdle, int mostOfLeader) {
    if (isMoving || pause != null || isClosed || isAwaitingNumbers) {
      return null;
    }
    if (!passage.hasNumbers()) {
      awaitNumbers();
      return null;
    }
    return passage.next(isIdle, mostOfLeader);
  }

  @Override
  public void awaitNumbers() {
    if (!isAwaitingNumbers) {
      isAwaitingNumbers = true;
      grounds.ids().await(this);
      onNumbersRefused();
    }
  }

  private void onNumbersRefused() {
    OttlaException refusal = grounds.ids().refusal();
    if (refusal != null) {
      isAwaitingNumbers = false;
      end(shipment -> refusal);
    }
  }

  /** There is a producer id, or there will never be one. */
  void onNumbers() {
    isAwaitingNumbers = false;
    onNumbersRefused();
    if (!isClosed) {
      passage.onNumbers();
    }
  }

  private @Nullable Sink leader() {
    if (sink == null) {
      ClusterView view = grounds.floor().metadata().view();
      BrokerNode node = view.leader(topic, partition);
      if (node == null) {
        search.begin();
      } else {
        sink = grounds.sinks().sink(node.id());
        passage.onLeader();
      }
    }
    return sink;
  }

  /** Metadata says something else of the partition than before. */
  void onChange(ClusterView view) {
    BrokerNode node = view.leader(topic, partition);
    Sink at = sink;
    if (at == null) {
      if (node != null) {
        onOpen();
      }
      return;
    }
    isMoving = node == null || node.id() != at.brokerId();
    if (isMoving && !passage.isInFlight()) {
      leaveLeader(node != null);
    }
  }

  private void leaveLeader(boolean isOtherKnown) {
    isMoving = false;
    sink = null;
    ring = null; // where it stands is skipped
    if (isOtherKnown && fruitless <= HASTY_MOVES && pause != null) {
      pause.cancel();
      pause = null;
    }
    onOpen();
  }

  /** A request that carried one of its batches has ended, and so has whatever follows from that. */
  void onRequestOver() {
    if (isFailing) {
      moveAway();
    }
    if (isMoving && !passage.isInFlight()) {
      leaveLeader(grounds.floor().metadata().view().leader(topic, partition) != null);
    } else {
      onOpen();
    }
  }

  /** The topic is another one of the same name. */
  void onTopicMadeAnew() {
    passage.onTopicMadeAnew();
  }

  /** A batch was written. */
  void onProgress() {
    if (fruitless > 0) {
      fruitless = 0;
      isFailing = false;
      attempts = null;
      if (recovery != null) {
        recovery.cancel();
        recovery = null;
      }
    }
  }

  /** A leader answered with an error that may pass. */
  void onFruitless(String where, ErrorCode error) {
    tried().refused(where, error, grounds.nanoTime());
    onFruitless();
  }

  /** A leader could not be reached, or was lost. */
  void onFruitless(String where, OttlaException failure, @Nullable String brief) {
    tried().failed(where, failure, brief, grounds.nanoTime());
    onFruitless();
  }

  private Attempts tried() {
    Attempts known = attempts;
    if (known == null) {
      known = new Attempts();
      attempts = known;
    }
    return known;
  }

  private void onFruitless() {
    if (pause == null) {
      fruitless++; // what fails together counts once
    }
    if (fruitless >= FRUITLESS_TO_FAIL) {
      onFailing();
    }
  }

  /** No leader has been known for a while. */
  void onLeaderless() {
    fruitless = Math.max(fruitless, FRUITLESS_TO_FAIL);
    onFailing();
  }

  private void onFailing() {
    if (isClosed) {
      return;
    }
    isFailing = true;
    if (recovery == null) {
      recovery =
          grounds
              .floor()
              .loop()
              .schedule(
                  () -> {
                    recovery = null;
                    isFailing = false;
                  },
                  grounds.settings().recoveryNanos());
    }
    moveAway();
  }

  /** Offers what no broker can have to healthier partitions. */
  private void moveAway() {
    passage.moveAway(this::offer);
    for (ProducerBatch next = source.peekSealed();
        next != null && next.isMovable() && !passage.hasWaiting();
        next = source.peekSealed()) {
      ProducerBatch taken = source.poll(false);
      if (taken == null || !offer(taken)) {
        if (taken != null) {
          passage.take(taken);
        }
        return;
      }
    }
  }

  private boolean offer(ProducerBatch batch) {
    return grounds.home().move(batch, topic, partition);
  }

  /** Nothing is sent for a while. */
  void pause() {
    if (pause == null && !isClosed) {
      pause =
          grounds
              .floor()
              .loop()
              .schedule(
                  () -> {
                    pause = null;
                    onOpen();
                  },
                  grounds.floor().backoff().nanos(Math.max(1, fruitless)));
    }
  }

  @Override
  public void ask(Shipment doubted) {
    LeaderQuestion.ask(grounds, doubted);
  }

  @Override
  public OttlaException unresolved(Shipment shipment) {
    return Troubles.unresolved(shipment);
  }

  /** Nobody will ever lead it: there is no such partition, or none for this user. */
  void refuse(OttlaException why) {
    end(shipment -> shipment.isUnknown() ? Troubles.perhapsBefore(shipment, why) : why);
  }

  private void end(Function<Shipment, OttlaException> failure) {
    takeAll();
    passage.purge(true, failure);
  }

  private void takeAll() {
    for (ProducerBatch next = source.poll(true); next != null; next = source.poll(true)) {
      passage.take(next);
    }
  }

  void purge(boolean isAll) {
    takeAll();
    passage.purge(isAll, Troubles::purged);
  }

  void close() {
    isClosed = true;
    search.close();
    if (pause != null) {
      pause.cancel();
    }
    if (recovery != null) {
      recovery.cancel();
    }
    takeAll();
    passage.close(Troubles::closed);
  }

  private void enlist(long dueNanos) {
    isEnlisted = true;
    grounds.deadlines().add(this, dueNanos);
  }

  private long firstDeadline(long orElseNanos) {
    Shipment first = passage.first();
    if (first != null) {
      return first.deadlineNanos();
    }
    ProducerBatch sealed = source.peekSealed();
    return sealed == null ? orElseNanos : sealed.openedNanos() + settings.deliveryTimeoutNanos();
  }

  /** The time of a batch may be over. */
  void onDeadline(long nowNanos) {
    isEnlisted = false;
    if (isClosed) {
      return;
    }
    passage.expire(nowNanos, shipment -> expired(shipment, nowNanos));
    while (passage.first() == null) {
      // An open batch does not tell its age: it is taken as it is, which costs it a few records.
      ProducerBatch next = source.poll(true);
      if (next == null) {
        break;
      }
      passage.take(next);
      passage.expire(nowNanos, shipment -> expired(shipment, nowNanos));
    }
    if (passage.first() != null || source.hasBatch(true)) {
      enlist(firstDeadline(nowNanos + grounds.floor().backoff().nanos(1)));
      onOpen();
    }
  }

  private OttlaException expired(Shipment shipment, long nowNanos) {
    Attempts known = attempts;
    if (known == null && isAwaitingNumbers) {
      return Troubles.expired(shipment, grounds.ids().tried(), nowNanos);
    }
    return Troubles.expired(
        shipment,
        known == null ? List.of() : known.since(shipment.batch().openedNanos(), nowNanos),
        nowNanos);
  }

  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
