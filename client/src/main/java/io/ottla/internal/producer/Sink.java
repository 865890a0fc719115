package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.BrokerChannel;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ApiKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of a producer's batches to one broker that leads some of their partitions.
 *
 * <p>Owns: the ring of lanes that have something to send. A request takes of each at most one batch
 * and begins where the last one ended. Always: at most {@link #MOST_REQUESTS} are under way, so
 * that batches grow while the broker is busy.
 */
@LoopConfined
final class Sink {
  static final int MOST_REQUESTS = 5;
  private static final int FIRST_VERSION_WITH_FIVE = 5; // before Kafka 1.0 one is remembered
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final int brokerId;
  private final Grounds grounds;
  private final RequestDraft draft;
  private final BrokerMeter meter;
  private final ArrayDeque<Lane> ring = new ArrayDeque<>();
  private final ArrayList<Lane> whenIdle = new ArrayList<>();
  private @Nullable BrokerChannel channel;
  private SinkState state = SinkState.IDLE;
  private int inFlight;
  private int failures;
  private boolean isAwake; // drive is about to run
  private boolean hasConnected; // and nobody has noticed that the connection is gone
  private Loop.@Nullable Delayed timer; // only while PAUSING

  Sink(int brokerId, Grounds grounds) {
    this.brokerId = brokerId;
    this.grounds = grounds;
    this.draft = new RequestDraft(grounds);
    this.meter = grounds.meter().broker(brokerId);
  }

  int brokerId() {
    return brokerId;
  }

  BrokerMeter meter() {
    return meter;
  }

  /** A lane has something to send. */
  void enter(Lane lane) {
    lane.ring(this);
    ring.add(lane);
    wake();
  }

  /** What becomes ready in one turn of the loop leaves together. */
  private void wake() {
    if (!isAwake && state == SinkState.IDLE && inFlight < MOST_REQUESTS) {
      isAwake = true;
      grounds.floor().loop().execute(this::drive);
    }
  }

  private void drive() {
    isAwake = false;
    if (state != SinkState.IDLE || ring.isEmpty()) {
      return;
    }
    BrokerChannel to = channel();
    if (to == null) {
      pause();
      return;
    }
    PeerVersions versions = to.versions();
    if (versions == null) {
      if (hasConnected) {
        // Who asks for no answers hears of a leader that moved by nothing but this.
        hasConnected = false;
        lookAgain();
      }
      connect(to);
      return;
    }
    int version = versions.highestCommon(ApiKey.PRODUCE);
    while (inFlight < MOST_REQUESTS && !ring.isEmpty()) {
      Dispatch dispatch = fill(version);
      if (dispatch == null) {
        return;
      }
      inFlight++;
      dispatch.send(to);
    }
  }

  /** The way as the cluster describes it now; null if it does not. */
  private @Nullable BrokerChannel channel() {
    BrokerChannel open = channel;
    if (open != null && open.versions() != null) {
      return open;
    }
    BrokerNode node = grounds.floor().metadata().view().broker(brokerId);
    channel = node == null ? null : grounds.floor().channel(node);
    return channel;
  }

  private void connect(BrokerChannel to) {
    moveTo(SinkState.CONNECTING);
    to.connect(
        (versions, failure) -> {
          if (state == SinkState.CONNECTING) {
            if (failure == null) {
              grounds.absence().onContact();
              failures = 0;
              hasConnected = true;
              moveTo(SinkState.IDLE);
              wake();
            } else {
              onUnreachable(to, Troubles.typed(failure));
            }
          }
        });
  }

  private void onUnreachable(BrokerChannel to, OttlaException failure) {
    meter.onFailure();
    grounds.absence().onFailure();
    LinkTrouble trouble = to.trouble();
    String brief = trouble == null ? null : trouble.brief();
    for (Lane lane : new ArrayList<>(ring)) {
      if (lane.ring() == this) {
        lane.onFruitless(name(), failure, brief);
      }
    }
    pause();
  }

  /** Tries again later, and has the cluster asked who leads meanwhile. */
  private void pause() {
    failures++;
    moveTo(SinkState.PAUSING);
    lookAgain();
    timer =
        grounds
            .floor()
            .loop()
            .schedule(
                () -> {
                  timer = null;
                  moveTo(SinkState.IDLE);
                  wake();
                },
                grounds.floor().backoff().nanos(failures));
  }

  /** Who leads the partitions whose lanes wait here may be news. */
  void lookAgain() {
    ClusterView view = grounds.floor().metadata().view();
    Set<String> topics = new HashSet<>();
    for (Lane lane : new ArrayList<>(ring)) {
      if (lane.ring() == this) {
        topics.add(lane.topic());
        lane.onChange(view);
      }
    }
    lookAgain(topics);
  }

  void lookAgain(Set<String> topics) {
    if (!topics.isEmpty()) {
      long deadlineNanos = grounds.nanoTime() + grounds.settings().topics().requestTimeoutNanos();
      CompletableFuture<?> unused = grounds.floor().metadata().refresh(topics, deadlineNanos);
    }
  }

  /** The next request; null if nobody has anything for one. */
  private @Nullable Dispatch fill(int version) {
    boolean isIdle = inFlight == 0;
    int most = version < FIRST_VERSION_WITH_FIVE ? 1 : NO_LIMIT;
    draft.begin(this, version);
    List<Lane> served = draft.lanes();
    for (int left = ring.size(); left > 0; left--) {
      Lane lane = ring.remove();
      if (lane.ring() != this) {
        continue; // it has left for another leader
      }
      if (!draft.takes(lane)) {
        ring.add(lane);
        continue;
      }
      lane.ring(null);
      Shipment next = lane.next(isIdle, most);
      if (next == null) {
        rest(lane, isIdle);
      } else if (!draft.add(next)) {
        lane.ring(this);
        ring.addFirst(lane);
        break;
      }
    }
    for (Lane lane : served) {
      if (lane.ring() == null && lane.isOpen(false, most)) {
        lane.ring(this);
        ring.add(lane);
      } else if (lane.ring() == null) {
        rest(lane, false);
      }
    }
    return draft.end();
  }

  /** It has nothing for now; its open batch goes when nothing is in flight. */
  private void rest(Lane lane, boolean isIdle) {
    if (!isIdle
        && lane.settings().lingerNanos() == 0
        && lane.sink() == this
        && !lane.isWaitingForIdleness()
        && lane.hasWork()) {
      lane.isWaitingForIdleness(true);
      whenIdle.add(lane);
    }
  }

  /** A request has ended. */
  void onOver(boolean isAnswered) {
    inFlight--;
    if (isAnswered) {
      failures = 0;
      grounds.absence().onContact();
    } else {
      meter.onFailure();
      grounds.absence().onFailure();
    }
    if (inFlight == 0 && !whenIdle.isEmpty()) {
      List<Lane> woken = new ArrayList<>(whenIdle);
      whenIdle.clear();
      for (Lane lane : woken) {
        lane.isWaitingForIdleness(false);
        lane.onOpen();
      }
    }
    if (!ring.isEmpty()) {
      wake();
    }
  }

  String name() {
    BrokerNode node = grounds.floor().metadata().view().broker(brokerId);
    return node == null
        ? "broker " + brokerId
        : "broker " + brokerId + " at " + node.host() + ":" + node.port();
  }

  void close() {
    moveTo(SinkState.CLOSED);
    ring.clear();
    whenIdle.clear();
    if (timer != null) {
      timer.cancel();
    }
  }

  private void moveTo(SinkState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "the sink of broker " + brokerId + ": " + state + " -> " + next);
    }
    state = next;
  }
}
