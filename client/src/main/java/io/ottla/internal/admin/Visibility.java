package io.ottla.internal.admin;

import io.ottla.ClusterBroker;
import io.ottla.admin.Outcome;
import io.ottla.admin.TopicDescription;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.MetadataResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;

/**
 * Waits until every broker shows a change of topics, since whoever asks next may ask any of them.
 *
 * <p>A broker that does not answer does not count: it is down, and will have caught up when it is
 * up again; but one has to show it. Thread: one call at a time, on whichever thread an answer
 * comes.
 */
final class Visibility {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);

  /** What a broker shows. */
  private enum Sight {
    SHOWN,
    NOT_YET,
    /** It did not answer. */
    SILENT
  }

  private final Session session;
  private final Deadline deadline;
  private final Collection<String> names;
  private final BiPredicate<String, Outcome<TopicDescription>> isShown;
  private final String what;
  private int rounds;
  private boolean isShownBySomebody;

  /**
   * @param names the topics to look for
   * @param isShown whether a topic, as a broker shows it, is as it shall be
   * @param what what is waited for: {@code topics [orders] were created, but have no leaders}
   */
  Visibility(
      Session session,
      Deadline deadline,
      Collection<String> names,
      BiPredicate<String, Outcome<TopicDescription>> isShown,
      String what) {
    this.session = session;
    this.deadline = deadline;
    this.names = names;
    this.isShown = isShown;
    this.what = what;
  }

  /** Completes when all brokers that answer show it. */
  CompletableFuture<Void> await() {
    return names.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : session.cluster().brokers().thenCompose(brokers -> ask(brokers, FIRST_PAUSE));
  }

  private CompletableFuture<Void> ask(List<ClusterBroker> brokers, Duration pause) {
    rounds++;
    Map<ClusterBroker, CompletableFuture<Sight>> sights = new LinkedHashMap<>();
    brokers.forEach(broker -> sights.put(broker, look(broker)));
    return CompletableFuture.allOf(sights.values().toArray(CompletableFuture[]::new))
        .thenCompose(
            all -> {
              List<ClusterBroker> laggards = new ArrayList<>();
              sights.forEach(
                  (broker, sight) -> {
                    isShownBySomebody |= sight.join() == Sight.SHOWN;
                    if (sight.join() == Sight.NOT_YET) {
                      laggards.add(broker);
                    }
                  });
              if (!laggards.isEmpty()) {
                return again(laggards, pause);
              }
              return isShownBySomebody
                  ? CompletableFuture.completedFuture(null)
                  : again(brokers, pause);
            });
  }

  private CompletableFuture<Void> again(List<ClusterBroker> brokers, Duration pause) {
    if (deadline.isOver()) {
      throw late(brokers);
    }
    Duration doubled = pause.multipliedBy(2);
    Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return session.pause(deadline.left(pause)).thenCompose(over -> ask(brokers, next));
  }

  private CompletableFuture<Sight> look(ClusterBroker broker) {
    return Fitting.ask(
            TopicQuestions.of(names), form -> broker.request(form, deadline.left(LONGEST_ANSWER)))
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                OttlaException unused = Session.failure(failure);
                return Sight.SILENT;
              }
              return isShownIn(answer) ? Sight.SHOWN : Sight.NOT_YET;
            });
  }

  private boolean isShownIn(MetadataResponse answer) {
    return names.stream().allMatch(name -> isShown.test(name, TopicQuestions.named(name, answer)));
  }

  private TimeoutException late(List<ClusterBroker> laggards) {
    return new TimeoutException(
        what
            + " on broker"
            + (laggards.size() == 1 ? " " : "s ")
            + String.join(
                ", ", laggards.stream().map(broker -> Integer.toString(broker.id())).toList())
            + " after "
            + deadline.whole().toMillis()
            + " ms (looked "
            + rounds
            + " times); the controller has accepted it, so look again later",
        SendOutcome.UNKNOWN,
        deadline.whole(),
        rounds);
  }
}
