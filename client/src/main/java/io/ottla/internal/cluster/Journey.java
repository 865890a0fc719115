package io.ottla.internal.cluster;

import io.ottla.error.Attempt;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.LeaderHints;
import io.ottla.internal.cluster.route.Attempts;
import io.ottla.internal.cluster.route.RequestKind;
import io.ottla.internal.cluster.route.Split;
import io.ottla.internal.cluster.route.Use;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.Reply;
import io.ottla.internal.net.TimeText;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller's on its way to whoever must answer it: taken apart, sent, its pieces
 * sent again where that helps, put together.
 *
 * <p>Owns: its pieces and one timer. Thread: the cluster's loop. Always: it ends exactly once, at
 * the latest when its time is over and the last of its requests under way has ended, which is about
 * then; what may have been carried out is not sent again unless doing it twice is harmless.
 *
 * <p>A piece goes round: seek who must answer → send → judge the answer → settled, or after a pause
 * seek again. Units: nanoseconds.
 *
 * @param <R> the response's type
 * @param <P> a piece
 * @param <A> its answer
 */
@LoopConfined
final class Journey<R extends ResponseMessage, P, A> implements Seeking.Listener<P, A> {
  private static final int UNKNOWN_VERSION = -1;

  // The failure of a call at the same deadline knows more: whether the request was sent.
  private static final long GRACE_NANOS = Duration.ofMillis(5).toNanos();

  private final Surroundings around;
  private final RequestMessage<R> whole;
  private final Split<RequestMessage<R>, R, P, A> split;
  private final boolean isRepeatable;
  private final Span span;
  private final Consumer<Outcome<R>> onEnd;
  private final Seeking<P, A> seeking;
  private final Judge judge;
  private final Attempts attempts = new Attempts();
  private final List<Slot<P, A>> slots = new ArrayList<>();
  private final Set<Loop.Delayed> timers = new HashSet<>();
  private int unsettled;
  private int violations;
  private @Nullable OttlaException closed; // once the client is closed
  private boolean isOver; // its time
  private boolean isEnded;

  Journey(
      Surroundings around,
      RequestMessage<R> whole,
      Split<RequestMessage<R>, R, P, A> split,
      boolean isRepeatable,
      Span span,
      Consumer<Outcome<R>> onEnd) {
    this.around = around;
    this.whole = whole;
    this.split = split;
    this.isRepeatable = isRepeatable;
    this.span = span;
    this.onEnd = onEnd;
    judge = new Judge(around, isRepeatable);
    Use use = RequestKind.of(whole.apiKey()).use();
    seeking = new Seeking<>(around, use, span.deadlineNanos(), this);
  }

  void start() {
    assert around.loop().inLoop();
    later(span.leftNanos(around.clock().nanoTime()) + GRACE_NANOS, this::onDeadline);
    if (!split.isForAllBrokers()) {
      begin(List.of());
      return;
    }
    CompletableFuture<ClusterView> unused =
        around
            .metadata()
            .brokers(span.deadlineNanos())
            .whenComplete(
                (view, failure) ->
                    Loops.run(
                        around.loop(),
                        () -> {
                          if (failure == null) {
                            begin(view.brokers().stream().map(BrokerNode::id).toList());
                          } else {
                            end(new Outcome<>(null, Failures.typed(failure), List.of()));
                          }
                        }));
  }

  private void begin(Collection<Integer> brokers) {
    if (isEnded) {
      return;
    }
    for (P piece : split.pieces(whole, brokers)) {
      slots.add(new Slot<>(piece, split.target(piece)));
    }
    unsettled = slots.size();
    seeking.seek(List.copyOf(slots));
  }

  @Override
  public void onFound(PooledLink link, List<Slot<P, A>> found) {
    List<Slot<P, A>> open = found.stream().filter(slot -> !slot.isSettled()).toList();
    if (open.isEmpty()) {
      return;
    }
    if (!split.dependsOnVersion()) {
      send(link, open, UNKNOWN_VERSION);
      return;
    }
    link.versions(
        (versions, failure) -> {
          List<Slot<P, A>> still = open.stream().filter(slot -> !slot.isSettled()).toList();
          if (versions != null) {
            send(link, still, versions.highestCommon(whole.apiKey()));
          } else {
            Throwable why = failure == null ? new IllegalStateException("no versions") : failure;
            onFailure(link, still, Failures.typed(why));
          }
        });
  }

  private void send(PooledLink link, List<Slot<P, A>> open, int version) {
    int most = split.mostPieces(version);
    for (int from = 0; from < open.size(); from += Math.min(most, open.size())) {
      int to = (int) Math.min(open.size(), (long) from + most);
      sendOne(link, open.subList(from, to), version);
    }
  }

  private void sendOne(PooledLink link, List<Slot<P, A>> some, int version) {
    List<P> pieces = some.stream().map(Slot::piece).toList();
    RequestMessage<R> part =
        split.request(whole, pieces, Topics.terms(version, around.metadata().view()));
    Sending<P, A, R> sending = new Sending<>(link, part, some);
    some.forEach(slot -> slot.sentBy(sending));
    long leftNanos = span.leftNanos(around.clock().nanoTime());
    long timeoutNanos =
        isRepeatable ? Math.min(leftNanos, around.settings().attemptNanos()) : leftNanos;
    link.send(
        part,
        timeoutNanos,
        split.highestVersion(part),
        new Reply<>() {
          @Override
          public void onResponse(R response) {
            Journey.this.onResponse(sending, response);
          }

          @Override
          public void onFailure(OttlaException failure) {
            Journey.this.onFailure(link, some, failure);
          }
        });
  }

  private void onResponse(Sending<P, A, R> sending, R response) {
    sending.slots().forEach(Slot::landed); // first: what has landed ends at the deadline
    sending.answered(response);
    around.anyBroker().onAnswer(sending.link());
    hint(response);
    List<P> pieces = sending.slots().stream().map(Slot::piece).toList();
    List<@Nullable A> answers = split.answers(sending.request(), pieces, response);
    List<Slot<P, A>> again = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Slot<P, A> slot = sending.slots().get(i);
      if (!slot.isSettled() && !isFinal(slot, answers.get(i), sending)) {
        again.add(slot);
      }
    }
    tryAgain(again, sending.link());
    endIfSettled();
  }

  /** A broker that does not lead a partition may say who does. */
  private void hint(R response) {
    ClusterView view = around.metadata().view();
    LeaderHints hints =
        response instanceof ProduceResponse produced
            ? LeaderHints.of(produced, view)
            : response instanceof FetchResponse fetched ? LeaderHints.of(fetched, view) : null;
    if (hints != null && !hints.isEmpty()) {
      around.metadata().hint(hints);
    }
  }

  private boolean isFinal(Slot<P, A> slot, @Nullable A answer, Sending<P, A, R> sending) {
    if (answer == null) {
      slot.failed(notMentioned(sending));
      settle(slot);
      return true;
    }
    slot.answered(answer);
    ErrorCode error = split.error(answer);
    if (closed != null || isOver || !judge.isWorthAnother(slot, error)) {
      settle(slot);
      return true;
    }
    attempts.refused(sending.link().toString(), error, around.clock().nanoTime());
    judge.complain(slot, sending.link(), error);
    return false;
  }

  private OttlaException notMentioned(Sending<P, A, R> sending) {
    return new ProtocolViolationException(
        sending.link() + " answered " + name() + " without a word about a part of it",
        SendOutcome.UNKNOWN,
        null);
  }

  @Override
  public void onLost(Slot<P, A> slot, OttlaException why) {
    if (slot.isSettled()) {
      return;
    }
    if (slot.answer() == null || !(why instanceof TimeoutException)) {
      slot.failed(why);
    }
    settle(slot);
    endIfSettled();
  }

  private void onFailure(PooledLink link, List<Slot<P, A>> some, OttlaException failure) {
    around.anyBroker().onFailure(link, failure);
    LinkTrouble trouble = link.trouble();
    long nowNanos = around.clock().nanoTime();
    attempts.failed(link.toString(), failure, trouble == null ? null : trouble.brief(), nowNanos);
    if (failure instanceof ProtocolViolationException) {
      violations++;
    }
    List<Slot<P, A>> again = new ArrayList<>();
    for (Slot<P, A> slot : some) {
      slot.landed();
      if (slot.isSettled()) {
        continue;
      }
      slot.failed(failure);
      judge.complain(slot, link, failure);
      if (closed != null || !judge.isWorthAnother(slot, failure, violations)) {
        settle(slot);
      } else if (isOver || span.leftNanos(nowNanos) <= 0) {
        slot.failed(timedOut(failure));
        settle(slot);
      } else {
        again.add(slot);
      }
    }
    tryAgain(again, link);
    endIfSettled();
  }

  /** After a pause, or at once if the answer told who leads now. */
  private void tryAgain(List<Slot<P, A>> again, PooledLink asked) {
    List<Slot<P, A>> soon = new ArrayList<>();
    List<Slot<P, A>> later = new ArrayList<>();
    int mostFailures = 0;
    for (Slot<P, A> slot : again) {
      boolean isLedElsewhere = slot.failures() == 0 && judge.isLedElsewhere(slot, asked);
      slot.tryAgain();
      mostFailures = Math.max(mostFailures, slot.failures());
      (isLedElsewhere ? soon : later).add(slot);
    }
    if (!soon.isEmpty()) {
      seeking.seek(soon);
    }
    if (!later.isEmpty()) {
      later(around.settings().backoff().nanos(mostFailures), () -> seekOpen(later));
    }
  }

  private void seekOpen(List<Slot<P, A>> some) {
    List<Slot<P, A>> open = some.stream().filter(slot -> !slot.isSettled()).toList();
    if (!open.isEmpty()) {
      seeking.seek(open);
    }
  }

  private void later(long delayNanos, Runnable task) {
    Loop.Delayed[] own = new Loop.Delayed[1];
    own[0] =
        around
            .loop()
            .schedule(
                () -> {
                  timers.remove(own[0]);
                  task.run();
                },
                delayNanos);
    timers.add(own[0]);
  }

  /** Its time is over. What is in flight ends by itself, at the same deadline. */
  private void onDeadline() {
    isOver = true;
    if (slots.isEmpty()) {
      end(new Outcome<>(null, timedOut(null), List.of()));
      return;
    }
    for (Slot<P, A> slot : slots) {
      if (!slot.isSettled() && !slot.isInFlight()) {
        if (slot.answer() == null) {
          slot.failed(timedOut(slot.failure()));
        }
        settle(slot);
      }
    }
    endIfSettled();
  }

  private OttlaException timedOut(@Nullable OttlaException last) {
    long nowNanos = around.clock().nanoTime();
    List<Attempt> tried = attempts.since(span.startNanos(), nowNanos);
    if (tried.isEmpty()) {
      tried = around.anyBroker().attempts().since(span.startNanos(), nowNanos);
    }
    Duration waited = Duration.ofNanos(nowNanos - span.startNanos());
    String what = name() + " not answered after " + TimeText.of(waited.toNanos());
    TimeoutException failure =
        new TimeoutException(
            tried.isEmpty() ? what : what + ": " + Attempts.text(tried),
            last == null ? SendOutcome.NOT_SENT : last.outcome(),
            waited,
            tried);
    if (last != null) {
      failure.addSuppressed(last);
    }
    return failure;
  }

  /** The client is closed: nothing is sent any more; what is in flight ends with its link. */
  void close(OttlaException why) {
    assert around.loop().inLoop();
    closed = why;
    if (slots.isEmpty()) {
      end(new Outcome<>(null, why, List.of()));
      return;
    }
    for (Slot<P, A> slot : slots) {
      if (!slot.isSettled() && !slot.isInFlight()) {
        if (slot.answer() == null) {
          slot.failed(why);
        }
        settle(slot);
      }
    }
    endIfSettled();
  }

  /** It was never under way. */
  void abandon(OttlaException why) {
    slots.forEach(Slot::settle);
    end(new Outcome<>(null, why, List.of()));
  }

  private void settle(Slot<P, A> slot) {
    slot.settle();
    unsettled--;
  }

  private void endIfSettled() {
    if (unsettled == 0 && !slots.isEmpty()) {
      end(Merging.of(whole, split, slots));
    }
  }

  private void end(Outcome<R> outcome) {
    if (!isEnded) {
      isEnded = true;
      timers.forEach(Loop.Delayed::cancel);
      timers.clear();
      onEnd.accept(outcome);
    }
  }

  private String name() {
    String type = whole.getClass().getSimpleName();
    return type.substring(0, type.length() - "Request".length());
  }
}
