package io.ottla.internal.cluster.metadata;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Backoff;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks who coordinates: keys of one type, several in one question where brokers can (KIP-699).
 *
 * <p>Owns: those who wait, the one question that is under way. Thread: the cluster's loop. Always:
 * at most one question is under way; a key that was asked for in vain, or whose answer was what a
 * complaint had dropped, is asked for again only when its pause is over.
 */
@LoopConfined
final class Finder {
  private static final Logger log = LoggerFactory.getLogger(Finder.class);
  private static final int MOST_KEYS = 500;

  private final CoordinatorType type;
  private final Found found;
  private final CoordinatorSource source;
  private final MetadataSettings settings;
  private final Loop loop;
  private final Clock clock;
  private final String clientId;
  private final Afterwards afterwards;
  private final Alarm wake;
  private final Waiters<Lookup> lookups;
  private final Pauses<String> pauses;
  private final Outage outage;
  private final Map<String, String> said = new HashMap<>(); // by key, of those who wait
  private AskingState state = AskingState.IDLE;
  private List<String> asked = List.of(); // in the last question
  private long asks;

  Finder(
      CoordinatorType type,
      Found found,
      CoordinatorSource source,
      MetadataSettings settings,
      Environment environment) {
    this.type = type;
    this.found = found;
    this.source = source;
    this.settings = settings;
    loop = environment.loop();
    clock = environment.clock();
    clientId = environment.clientId();
    afterwards = new Afterwards();
    Backoff backoff = settings.backoff(environment.random());
    wake = new Alarm(loop, clock, this::plan);
    lookups = new Waiters<>(loop, clock, this::onExpired);
    pauses = new Pauses<>(backoff);
    outage = new Outage("coordinator of a " + type.label(), backoff, clientId);
  }

  AskingState state() {
    return state;
  }

  /** Somebody waits from now on. */
  void enlist(Lookup lookup) {
    assert loop.inLoop();
    long now = clock.nanoTime();
    Coordinator known = found.find(lookup.key);
    if (state == AskingState.CLOSED) {
      lookup.future.completeExceptionally(closed());
    } else if (known != null) {
      lookup.future.complete(known);
    } else if (lookup.isDue(now)) {
      lookup.firstAsk = asks + 1;
      expire(lookup, now);
    } else {
      lookup.firstAsk = asks + 1;
      lookups.add(lookup);
      planFor(lookup.key, now);
    }
    afterwards.tell();
  }

  void close() {
    assert loop.inLoop();
    if (state == AskingState.CLOSED) {
      return;
    }
    moveTo(AskingState.CLOSED);
    wake.cancel();
    for (Lookup lookup : lookups.drain()) {
      afterwards.add(() -> lookup.future.completeExceptionally(closed()));
    }
    afterwards.tell();
  }

  private static ClosedException closed() {
    return new ClosedException("the client was closed", SendOutcome.NOT_SENT);
  }

  /** As {@link #plan}, where only one key is new. */
  private void planFor(String key, long now) {
    if (!state.isResting()) {
      return;
    }
    long due = Math.max(now + pauses.leftNanos(key, now), outage.endNanos(now));
    if (due - now <= 0) {
      plan();
    } else {
      rest(AskingState.BACKING_OFF);
      wake.armFor(due);
    }
  }

  /** Asks what is to be asked now, or sees to it that it will be. */
  private void plan() {
    if (!state.isResting()) {
      return;
    }
    long now = clock.nanoTime();
    long leastNanos = Long.MAX_VALUE;
    Set<String> ready = new LinkedHashSet<>();
    for (Lookup lookup : lookups.all()) {
      long leftNanos = pauses.leftNanos(lookup.key, now);
      leastNanos = Math.min(leastNanos, leftNanos);
      if (leftNanos <= 0 && ready.size() < MOST_KEYS) {
        ready.add(lookup.key);
      }
    }
    long endNanos = outage.endNanos(now);
    if (!ready.isEmpty() && endNanos - now <= 0) {
      ask(List.copyOf(ready));
    } else if (!lookups.all().isEmpty()) {
      rest(AskingState.BACKING_OFF);
      wake.armFor(Math.max(now + Math.max(0, leastNanos), endNanos));
    } else {
      rest(AskingState.IDLE);
    }
  }

  private void ask(List<String> keys) {
    asks++;
    asked = keys;
    moveTo(AskingState.ASKING);
    // Written in any version: the lower ones take the first key, the higher ones the list.
    FindCoordinatorRequest question =
        new FindCoordinatorRequest().key(keys.get(0)).keyType(type.code()).coordinatorKeys(keys);
    source.ask(question, settings.attemptTimeoutNanos(), new Answer(asks));
  }

  /** The end of one question. */
  private final class Answer implements Reply<FindCoordinatorResponse> {
    private final long number;

    Answer(long number) {
      this.number = number;
    }

    @Override
    public void onResponse(FindCoordinatorResponse response) {
      if (isAwaited()) {
        onAnswer(response);
        resume();
      }
    }

    @Override
    public void onFailure(OttlaException failure) {
      if (isAwaited()) {
        outage.unanswered(String.valueOf(failure.getMessage()), clock.nanoTime());
        if (!Refusals.isWorthRepeating(failure)) {
          for (Lookup lookup : lookups.drain()) {
            afterwards.add(() -> lookup.future.completeExceptionally(failure));
          }
        }
        resume();
      }
    }

    private boolean isAwaited() {
      assert loop.inLoop();
      return state == AskingState.ASKING && number == asks;
    }
  }

  private void onAnswer(FindCoordinatorResponse response) {
    long now = clock.nanoTime();
    outage.over(now);
    Map<String, Finding> findings = Finding.in(response, asked);
    boolean isOfOne = response.coordinators().isEmpty();
    for (String key : isOfOne ? asked.subList(0, 1) : asked) {
      Finding finding = findings.get(key);
      if (finding == null || finding.node() == null) {
        pauses.lengthen(key, now);
      } else if (found.put(key, finding.node())) {
        pauses.end(key);
      } else {
        pauses.lengthen(key, now);
      }
      said.put(key, finding == null ? "an answer left it out" : "brokers say " + finding.said());
    }
    settle(findings);
    pauses.prune(now);
  }

  private void settle(Map<String, Finding> findings) {
    for (Lookup lookup : List.copyOf(lookups.all())) {
      Coordinator coordinator = found.find(lookup.key);
      Finding finding = findings.get(lookup.key);
      OttlaException refusal =
          finding == null || lookup.firstAsk > asks ? null : finding.refusal(type, lookup.key);
      if (coordinator != null) {
        lookups.remove(lookup);
        afterwards.add(() -> lookup.future.complete(coordinator));
      } else if (refusal != null) {
        lookups.remove(lookup);
        afterwards.add(() -> lookup.future.completeExceptionally(refusal));
      }
    }
  }

  private void resume() {
    if (state == AskingState.ASKING) {
      moveTo(AskingState.IDLE);
    }
    if (lookups.all().isEmpty()) {
      said.clear();
    }
    plan();
    afterwards.tell();
  }

  private void onExpired(List<Lookup> due) {
    long now = clock.nanoTime();
    due.forEach(lookup -> expire(lookup, now));
    afterwards.tell();
  }

  private void expire(Lookup lookup, long now) {
    @Nullable String last = said.get(lookup.key);
    OttlaException failure =
        lookup.expired(
            type,
            last == null ? "" : last,
            source.attemptsSince(lookup.startNanos),
            asks - lookup.firstAsk + 1,
            now);
    afterwards.add(() -> lookup.future.completeExceptionally(failure));
  }

  private void rest(AskingState resting) {
    if (state != resting) {
      moveTo(resting);
    }
  }

  private void moveTo(AskingState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(type.label() + " coordinators: " + state + " -> " + next);
    }
    log.trace("[{}] {} coordinators: {} -> {}", clientId, type.label(), state, next);
    state = next;
  }
}
