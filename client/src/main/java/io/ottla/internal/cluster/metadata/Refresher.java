package io.ottla.internal.cluster.metadata;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.MetadataUpdate.Asked;
import io.ottla.internal.net.Reply;
import io.ottla.internal.net.TimeText;
import io.ottla.internal.runtime.Backoff;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for metadata: when somebody waits for it, when it is known to be wrong, and when it is old.
 *
 * <p>Owns: the one question that is under way, and when to ask the next. Thread: the cluster's
 * loop. Always: at most one question is under way; after one that was of no use the same is asked
 * again only when a pause is over, whatever the reason (no answer, an error, nothing new); what is
 * needed meanwhile, and was not asked in vain, is asked at once when the answer is there.
 */
@LoopConfined
final class Refresher {
  private static final Logger log = LoggerFactory.getLogger(Refresher.class);
  private static final int SWEEPS_PER_IDLE_TIME = 4;

  /** What the snapshot lives in. */
  interface Home {
    ClusterView view();

    /** Replaces the snapshot, and tells who listens, {@linkplain Afterwards afterwards}. */
    void publish(MetadataUpdate update);
  }

  private final Home home;
  private final MetadataSource source;
  private final MetadataSettings settings;
  private final Environment environment;
  private final Clock clock;
  private final String clientId;
  private final Backoff backoff;
  private final Afterwards afterwards;
  private final Demand demand;
  private final Outage outage;
  private final Alarm wake;
  private AskingState state = AskingState.IDLE;
  private Asked asked = new Asked(0, Set.of()); // the last question
  private boolean isForAge; // whether that is for all that is in use
  private Doubt foreign = Doubt.NONE; // answers from another cluster
  private long oldNanos; // when what is in use is old; valid while something is
  private long sweepNanos; // when to look for what is not in use any more; likewise

  Refresher(
      Home home,
      MetadataSource source,
      MetadataSettings settings,
      Environment environment,
      Afterwards afterwards) {
    this.home = home;
    this.source = source;
    this.settings = settings;
    this.environment = environment;
    this.afterwards = afterwards;
    clock = environment.clock();
    clientId = environment.clientId();
    backoff = settings.backoff(environment.random());
    demand = new Demand(home::view, settings, environment, afterwards, this::onExpired);
    outage = new Outage("metadata", backoff, clientId);
    wake = new Alarm(environment.loop(), clock, this::onWake);
  }

  AskingState state() {
    return state;
  }

  /** Somebody waits from now on. */
  void enlist(Wish wish) {
    assert environment.loop().inLoop();
    wish.firstAsk = asked.number() + 1;
    Want.Verdict verdict = demand.judge(wish, null);
    if (state == AskingState.CLOSED) {
      wish.future.completeExceptionally(closed());
    } else if (verdict != null) {
      wish.fulfil(verdict);
    } else if (wish.isDue(clock.nanoTime())) {
      onExpired(List.of(wish));
    } else {
      demand.add(wish);
      planFor(wish);
    }
    afterwards.tell();
  }

  /** Topics have to be asked for, in one question, although nobody may wait for them. */
  void refresh(Set<String> topics) {
    assert environment.loop().inLoop();
    topics.forEach(topic -> demand.addStale(topic, asked.number() + 1));
    demand.settle(null);
    plan();
  }

  /** A topic is not of interest any more, unless somebody waits for it. */
  void forget(String topic) {
    assert environment.loop().inLoop();
    forget(List.of(topic));
    plan();
  }

  /** The brokers that are known are given up. */
  void rebootstrap(String why) {
    assert environment.loop().inLoop();
    log.info("[{}] back to the bootstrap list: {}", clientId, why);
    outage.beginAnew();
    home.publish(MetadataUpdate.withoutBrokers(home.view()));
  }

  void close() {
    assert environment.loop().inLoop();
    if (state != AskingState.CLOSED) {
      moveTo(AskingState.CLOSED);
      wake.cancel();
      demand.endAll(closed());
      afterwards.tell();
    }
  }

  private static ClosedException closed() {
    return new ClosedException("the client was closed", SendOutcome.NOT_SENT);
  }

  /** As {@link #plan}, where nothing else has changed: does not look at all who wait. */
  private void planFor(Wish wish) {
    if (!state.isResting()) {
      return;
    }
    long now = clock.nanoTime();
    long due = Math.max(demand.needsOf(wish, now).dueNanos(), outage.endNanos(now));
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
    boolean isOld = isAnythingKnown() && now - oldNanos >= 0;
    Needs needs = demand.needs(now);
    long endNanos = outage.endNanos(now);
    if ((needs.isAnyDue() || isOld) && endNanos - now <= 0) {
      ask(needs.readyTopics(), isOld);
    } else if (!needs.isEmpty() || isOld) {
      rest(AskingState.BACKING_OFF);
      wake.armFor(isOld ? endNanos : Math.max(needs.dueNanos(), endNanos));
    } else {
      rest(AskingState.IDLE);
    }
    if (isAnythingKnown()) {
      wake.armFor(isOld ? sweepNanos : Math.min(oldNanos, sweepNanos));
    }
  }

  private void ask(Set<String> topics, boolean isOld) {
    boolean creates = settings.createsTopics() && topics.stream().anyMatch(demand::isWaitedFor);
    if (creates) {
      // What nobody waits for must not be created anew by a question.
      topics.removeIf(topic -> !demand.isWaitedFor(topic));
    }
    isForAge = isOld && !creates;
    if (isForAge) {
      home.view().topics().forEach(topic -> topics.add(topic.name()));
    }
    boolean isForAll = demand.isForAll();
    asked = new Asked(asked.number() + 1, isForAll ? null : topics);
    moveTo(AskingState.ASKING);
    MetadataRequest question =
        new MetadataRequest()
            .topics(isForAll ? null : named(topics))
            .allowAutoTopicCreation(creates && !isForAll);
    source.ask(question, settings.attemptTimeoutNanos(), new Answer(asked.number()));
  }

  private static List<MetadataRequestTopic> named(Set<String> topics) {
    return new TreeSet<>(topics)
        .stream().map(name -> new MetadataRequestTopic().name(name)).toList();
  }

  /** The end of one question. */
  private final class Answer implements Reply<MetadataResponse> {
    private final long number;

    Answer(long number) {
      this.number = number;
    }

    @Override
    public void onResponse(MetadataResponse response) {
      if (isAwaited()) {
        onAnswer(response);
        resume();
      }
    }

    @Override
    public void onFailure(OttlaException failure) {
      if (isAwaited()) {
        outage.unanswered(String.valueOf(failure.getMessage()), clock.nanoTime());
        startAnewIfAllFail();
        if (!Refusals.isWorthRepeating(failure)) {
          // Whoever waits is told; what nobody waits for can wait.
          oldNanos = clock.nanoTime() + backoff.jittered(settings.maxAgeNanos());
          demand.endAll(failure);
        }
        resume();
      }
    }

    private boolean isAwaited() {
      assert environment.loop().inLoop();
      return state == AskingState.ASKING && number == asked.number();
    }
  }

  private void onAnswer(MetadataResponse response) {
    long now = clock.nanoTime();
    ClusterView known = home.view();
    String useless = MetadataUpdate.uselessness(response);
    boolean isForeign = useless == null && MetadataUpdate.isForeign(known, response);
    if (useless == null) {
      foreign = isForeign ? foreign.again(now) : Doubt.NONE;
    }
    if (isForeign && known.hasBrokers() && !foreign.persists(now)) {
      useless = "a broker of cluster " + response.clusterId() + ", not " + known.clusterId();
    }
    if (useless != null) {
      outage.useless(useless, now);
      startAnewIfAllFail();
      if (response.errorCode() == ErrorCode.REBOOTSTRAP_REQUIRED.code()) {
        rebootstrap(useless);
      }
    } else if (isForeign) {
      log.warn(
          "[{}] cluster {} answers where {} was: all that was known of it is forgotten",
          clientId,
          response.clusterId(),
          known.clusterId());
      accept(MetadataUpdate.replaced(known, response, asked, now), response);
    } else {
      accept(MetadataUpdate.answered(known, response, asked, now), response);
    }
  }

  private void accept(MetadataUpdate update, MetadataResponse response) {
    long now = clock.nanoTime();
    boolean isFirst = !isAnythingKnown();
    boolean isForAll = asked.topics() == null;
    outage.over(now);
    home.publish(update);
    if (isForAge || isFirst || isForAll) {
      oldNanos = now + backoff.jittered(settings.maxAgeNanos());
    }
    if (isFirst) {
      sweepNanos = now + sweepInterval();
    }
    demand.answered(
        asked,
        isForAll ? MetadataUpdate.whole(home.view(), response, now) : null,
        update.withoutNews());
  }

  private void startAnewIfAllFail() {
    long now = clock.nanoTime();
    int brokers = home.view().brokers().size();
    if (brokers > 0 && outage.lasts(brokers, settings.rebootstrapTriggerNanos(), now)) {
      rebootstrap("no answer of use for " + TimeText.of(outage.lastedNanos(now)));
    }
  }

  /** A question is over. */
  private void resume() {
    if (state == AskingState.ASKING) {
      moveTo(AskingState.IDLE);
    }
    plan();
    afterwards.tell();
  }

  private void onExpired(List<Wish> due) {
    long now = clock.nanoTime();
    for (Wish wish : due) {
      long questions = asked.number() - wish.firstAsk + 1;
      OttlaException failure =
          wish.expired(home.view(), source.attemptsSince(wish.startNanos), questions, now);
      afterwards.add(() -> wish.future.completeExceptionally(failure));
    }
    afterwards.tell();
  }

  private void onWake() {
    long now = clock.nanoTime();
    if (isAnythingKnown() && now - sweepNanos >= 0) {
      sweepNanos = now + sweepInterval();
      sweep(now);
    }
    plan();
    afterwards.tell();
  }

  /** Forgets topics that nobody has looked up for long. */
  private void sweep(long now) {
    List<String> idle =
        home.view().topics().stream()
            .filter(topic -> topic.use().isIdle(now, settings.maxIdleNanos()))
            .map(TopicView::name)
            .filter(name -> !demand.isWaitedFor(name))
            .toList();
    if (!idle.isEmpty()) {
      log.debug("[{}] nobody uses {}: forgotten", clientId, idle);
      forget(idle);
    }
  }

  private void forget(List<String> topics) {
    demand.forget(topics);
    home.publish(MetadataUpdate.without(home.view(), topics));
  }

  private long sweepInterval() {
    return settings.maxIdleNanos() / SWEEPS_PER_IDLE_TIME;
  }

  private boolean isAnythingKnown() {
    return !home.view().topicsByName().isEmpty();
  }

  private void rest(AskingState resting) {
    if (state != resting) {
      moveTo(resting);
    }
  }

  private void moveTo(AskingState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("metadata: " + state + " -> " + next);
    }
    log.trace("[{}] metadata: {} -> {}", clientId, state, next);
    state = next;
  }
}
