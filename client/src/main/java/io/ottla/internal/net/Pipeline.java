package io.ottla.internal.net;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one connection, in the order in which they leave and are answered.
 *
 * <p>A broker answers in the order of the requests, so the next answer is the head's or the stream
 * is damaged. A call whose time ran out after it left keeps its place, and its late answer is
 * dropped. No call behind the head can be answered before it; so a head that is silent for its own
 * time and for the connection's request timeout too means a dead connection.
 *
 * <p>Calls of the connection's own (its handshake, its re-authentication) overtake what is queued.
 *
 * <p>Thread: the connection's loop. Units: nanoseconds of the injected clock.
 */
@LoopConfined
final class Pipeline {
  private final Endpoint endpoint;
  private final long requestNanos;
  private final Clock clock;
  private final Deque<Call<?>> queued = new ArrayDeque<>(); // not handed to the socket
  private final Deque<Call<?>> awaiting = new ArrayDeque<>(); // handed, answered in this order
  private final Queue<Call<?>> oneWay = new ArrayDeque<>(); // handed, not yet written, no answer

  Pipeline(Endpoint endpoint, long requestNanos, Clock clock) {
    this.endpoint = endpoint;
    this.requestNanos = requestNanos;
    this.clock = clock;
  }

  void add(Call<?> call) {
    if (call.isOwn()) {
      queued.addFirst(call);
    } else {
      queued.add(call);
    }
  }

  boolean isEmpty() {
    return queued.isEmpty() && awaiting.isEmpty() && oneWay.isEmpty();
  }

  /** Whether every call was handed to the socket. */
  boolean hasNoneQueued() {
    return queued.isEmpty();
  }

  /** Whether every call that was handed to the socket has ended. */
  boolean hasNoneHanded() {
    return awaiting.isEmpty() && oneWay.isEmpty();
  }

  /** Until when the calls that were handed to the socket may take; now if there is none. */
  long lastHandedDeadlineNanos() {
    long now = clock.nanoTime();
    long mostNanos = 0;
    for (Queue<Call<?>> calls : List.of(oneWay, awaiting)) {
      for (Call<?> call : calls) {
        mostNanos = Math.max(mostNanos, overdueNanos(call) - now);
      }
    }
    return now + mostNanos;
  }

  /** Whose answer comes next; null if none is expected. */
  @Nullable Call<?> head() {
    return awaiting.peek();
  }

  /**
   * The next call for the socket; null if there is none.
   *
   * @param isOwnOnly whether only the connection's own go now
   */
  @Nullable Call<?> handNext(boolean isOwnOnly) {
    Call<?> first = queued.peek();
    if (first == null || (isOwnOnly && !first.isOwn())) {
      return null;
    }
    Call<?> call = queued.poll();
    if (call != null) {
      call.onHanded(clock.nanoTime());
      (call.isOneWay() ? oneWay : awaiting).add(call);
    }
    return call;
  }

  void onWritten(Call<?> call) {
    if (call.isOneWay()) {
      oneWay.remove(call); // the head: writes end in their order
    }
    call.onWritten();
  }

  /**
   * An answer came.
   *
   * @param throttle hears what it says about pauses
   * @return why it is nobody's, or null
   * @throws ProtocolException if it cannot be read; its call is then still the head
   */
  @Nullable String onFrame(ByteBuffer frame, Throttle throttle) {
    int correlationId = frame.getInt(frame.position());
    Call<?> head = awaiting.peek();
    if (head == null) {
      return endpoint + " sent a response (number " + correlationId + ") to nothing";
    }
    if (head.frame().correlationId() != correlationId) {
      return endpoint
          + " sent response number "
          + correlationId
          + " where number "
          + head.frame().correlationId()
          + " ("
          + head.name()
          + ") was due";
    }
    awaiting.remove(); // first: whoever hears the answer may end the connection
    try {
      head.onFrame(frame, throttle);
    } catch (ProtocolException unreadable) {
      awaiting.addFirst(head);
      throw unreadable;
    }
    return null;
  }

  /**
   * The connection is over. Tells so every call that was handed to the socket, and its own.
   *
   * @return the calls that were not: another connection may take them
   */
  List<Call<?>> end(Loss loss) {
    List<Call<?>> told = new ArrayList<>(awaiting);
    told.addAll(oneWay);
    List<Call<?>> unsent = new ArrayList<>();
    queued.forEach(call -> (call.isOwn() ? told : unsent).add(call));
    awaiting.clear();
    oneWay.clear();
    queued.clear();
    for (Call<?> call : told) {
      call.fail(loss, endpoint, clock.nanoTime(), 0);
    }
    return unsent;
  }

  /**
   * Ends the calls whose time ran out.
   *
   * @param hint what those wait for that were not handed to the socket
   * @return why the connection has to end too, or null
   */
  @Nullable Loss expire(long nowNanos, String hint) {
    expireQueued(nowNanos, hint);
    boolean isOneWayCut = expireHanded(oneWay, nowNanos);
    boolean isCut = expireHanded(awaiting, nowNanos) || isOneWayCut;
    if (isCut) {
      return Loss.lost("a request was only partly taken when its time ran out", null);
    }
    Call<?> head = awaiting.peek();
    if (head != null && nowNanos - overdueNanos(head) >= 0) {
      return Loss.lost(
          "no answer to a "
              + head.name()
              + " for "
              + TimeText.of(nowNanos - head.handedNanos())
              + ", and none can come before it",
          null);
    }
    return null;
  }

  /** When {@link #expire} should look again; only while there are calls. */
  long nextDeadlineNanos() {
    long now = clock.nanoTime();
    long leastNanos = Long.MAX_VALUE;
    for (Queue<Call<?>> calls : List.of(queued, oneWay, awaiting)) {
      for (Call<?> call : calls) {
        long deadline = call.state().isTold() ? overdueNanos(call) : call.deadlineNanos();
        leastNanos = Math.min(leastNanos, deadline - now);
      }
    }
    return now + leastNanos;
  }

  /** When the connection is dead if this call, the head, still has no answer. */
  private long overdueNanos(Call<?> call) {
    long byConnection = call.handedNanos() + requestNanos;
    return byConnection - call.deadlineNanos() > 0 ? byConnection : call.deadlineNanos();
  }

  private void expireQueued(long nowNanos, String hint) {
    for (Iterator<Call<?>> calls = queued.iterator(); calls.hasNext(); ) {
      Call<?> call = calls.next();
      if (call.isDue(nowNanos)) {
        calls.remove();
        call.onTimeout(endpoint, nowNanos, hint, null);
      }
    }
  }

  /** Returns whether one of them was only partly written: nothing may follow it on its socket. */
  private boolean expireHanded(Queue<Call<?>> calls, long nowNanos) {
    boolean isCut = false;
    for (Call<?> call : calls) {
      if (!call.state().isTold() && call.isDue(nowNanos)) {
        isCut |= call.state() == CallState.WRITING;
        call.onTimeout(endpoint, nowNanos, "give it more time or look at the broker", null);
      }
    }
    return isCut;
  }
}
