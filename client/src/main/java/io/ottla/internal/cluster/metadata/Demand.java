package io.ottla.internal.cluster.metadata;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.metadata.MetadataUpdate.Asked;
import io.ottla.internal.runtime.LoopConfined;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of the cluster: who waits for what, and what is known to be wrong although
 * nobody waits.
 *
 * <p>Owns: those who wait, and the pauses of what was asked in vain. Thread: the cluster's loop.
 */
@LoopConfined
final class Demand {
  private final Supplier<ClusterView> view;
  private final MetadataSettings settings;
  private final Environment environment;
  private final Afterwards afterwards;
  private final Waiters<Wish> wishes;
  private final Pauses<String> pauses;

  /** Topics that are wrong, and the first question that began after that was heard. */
  private final Map<String, Long> stale = new HashMap<>();

  private long lastAnswered;

  /**
   * @param onExpired is told who has waited too long
   */
  Demand(
      Supplier<ClusterView> view,
      MetadataSettings settings,
      Environment environment,
      Afterwards afterwards,
      Consumer<List<Wish>> onExpired) {
    this.view = view;
    this.settings = settings;
    this.environment = environment;
    this.afterwards = afterwards;
    wishes = new Waiters<>(environment.loop(), environment.clock(), onExpired);
    pauses = new Pauses<>(settings.backoff(environment.random()));
  }

  void add(Wish wish) {
    wishes.add(wish);
  }

  /** A topic has to be asked for, from this question on, although nobody may wait for it. */
  void addStale(String topic, long firstAsk) {
    stale.put(topic, firstAsk);
  }

  void forget(Collection<String> topics) {
    topics.forEach(stale::remove);
  }

  /** Nobody waits any more. */
  void endAll(OttlaException failure) {
    stale.clear();
    for (Wish wish : wishes.drain()) {
      afterwards.add(() -> wish.future.completeExceptionally(failure));
    }
  }

  boolean isForAll() {
    return wishes.all().stream().anyMatch(wish -> wish.want.isForAll());
  }

  boolean isWaitedFor(String topic) {
    return wishes.all().stream().anyMatch(wish -> missing(wish).contains(topic));
  }

  /** How things stand for one; null if it has to wait. */
  Want.@Nullable Verdict judge(Wish wish, @Nullable ClusterView whole) {
    return wish.want.judge(standing(wish, whole));
  }

  /** What has to be asked for one, now or later. */
  Needs needsOf(Wish wish, long nowNanos) {
    Needs needs = new Needs(pauses, nowNanos, 0);
    add(wish, needs);
    return needs;
  }

  /** What has to be asked for all, now or later. */
  Needs needs(long nowNanos) {
    Needs needs = new Needs(pauses, nowNanos, settings.backoffFirstNanos());
    for (Wish wish : wishes.all()) {
      add(wish, needs);
    }
    stale.keySet().forEach(needs::add);
    return needs;
  }

  private void add(Wish wish, Needs needs) {
    Collection<String> missing = missing(wish);
    if (missing.isEmpty()) {
      needs.add(Needs.CLUSTER);
    }
    missing.forEach(needs::add);
  }

  private Collection<String> missing(Wish wish) {
    return wish.want.missing(standing(wish, null));
  }

  /**
   * Tells those who need not wait any longer.
   *
   * @param whole all topics, if this is after an answer about them
   */
  void settle(@Nullable ClusterView whole) {
    for (Wish wish : List.copyOf(wishes.all())) {
      Want.Verdict verdict = judge(wish, whole);
      if (verdict != null) {
        wishes.remove(wish);
        afterwards.add(() -> wish.fulfil(verdict));
      }
    }
  }

  /**
   * A question was answered: tells those whom it satisfies, makes what was asked in vain wait, and
   * lets all else be asked as soon as it is needed.
   *
   * @param withoutNews topics of which the answer repeats what was complained about
   */
  void answered(Asked asked, @Nullable ClusterView whole, Set<String> withoutNews) {
    lastAnswered = asked.number();
    settle(whole);
    Set<String> unsettled = unsettled(asked);
    pace(Needs.CLUSTER, unsettled.contains(Needs.CLUSTER));
    Set<String> topics = asked.topics() == null ? unsettled : asked.topics();
    for (String name : topics) {
      TopicView topic = view.get().peek(name);
      boolean isGood = topic != null && topic.isConfirmed();
      pace(name, !isGood || unsettled.contains(name) || withoutNews.contains(name));
      stale.computeIfPresent(name, (same, ask) -> ask <= asked.number() ? null : ask);
      if (topic != null && topic.standing().absences() == 1) {
        stale.put(name, asked.number() + 1);
      }
    }
    pauses.prune(now());
  }

  /** What somebody waits for still, although the question was asked for it, too. */
  private Set<String> unsettled(Asked asked) {
    Set<String> unsettled = new HashSet<>();
    for (Wish wish : wishes.all()) {
      if (wish.firstAsk <= asked.number()) {
        Collection<String> missing = missing(wish);
        unsettled.addAll(missing.isEmpty() ? Set.of(Needs.CLUSTER) : missing);
      }
    }
    return unsettled;
  }

  private void pace(String key, boolean isInVain) {
    if (isInVain) {
      pauses.lengthen(key, now());
    } else {
      pauses.end(key);
    }
  }

  private Want.Standing standing(Wish wish, @Nullable ClusterView whole) {
    boolean isPatienceOver = now() - wish.startNanos >= settings.unknownTopicPatienceNanos();
    return new Want.Standing(view.get(), wish.firstAsk, lastAnswered, isPatienceOver, whole);
  }

  private long now() {
    return environment.clock().nanoTime();
  }
}
