package io.ottla.internal.cluster.metadata;

import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a cluster, loaded topic by topic when it is needed, and loaded anew when it is
 * old or proves wrong.
 *
 * <p>Owns: the snapshot, which is replaced whole. Thread: any; whoever is on the cluster's loop
 * sees the effect of a call when it returns. Futures complete on the loop, or at once if what is
 * wanted is there; nothing that hangs on them may block or be code of users. Cancelling one ends
 * that one caller's waiting and nothing else.
 *
 * <p>Units: deadlines are nanoseconds of the injected clock. At its deadline a future fails with a
 * {@link io.ottla.error.TimeoutException} that says what was tried.
 */
public final class Metadata implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Metadata.class);

  private final Loop loop;
  private final Clock clock;
  private final String clientId;
  private final Afterwards afterwards = new Afterwards();
  private final List<MetadataListener> listeners = new CopyOnWriteArrayList<>();
  private final Refresher refresher;
  private volatile ClusterView view = ClusterView.empty(); // written on the loop

  /**
   * Metadata of which nothing is known; asks nobody before somebody wants something.
   *
   * @param source whom it asks
   * @param loop where it asks
   * @param random where jitter comes from
   * @param clientId for the log
   */
  public Metadata(
      MetadataSource source,
      MetadataSettings settings,
      Loop loop,
      Clock clock,
      RandomGenerator random,
      String clientId) {
    this.loop = loop;
    this.clock = clock;
    this.clientId = clientId;
    refresher =
        new Refresher(
            new Home(),
            source,
            settings,
            new Environment(loop, clock, random, clientId),
            afterwards);
  }

  /** What is known now. */
  public ClusterView view() {
    return view;
  }

  /**
   * A snapshot in which each of the topics is usable, or has been refused: see {@link
   * ClusterView#refusal}. That a topic does not exist is believed after a short patience, for it
   * may have been created a moment ago.
   */
  public CompletableFuture<ClusterView> topics(Collection<String> names, long deadlineNanos) {
    ClusterView known = view;
    for (String name : names) {
      TopicView topic = known.topic(name);
      if (topic == null || !topic.isUsable()) {
        return waitFor(new Want.Topics(Set.copyOf(names), false), deadlineNanos);
      }
    }
    return CompletableFuture.completedFuture(known);
  }

  /**
   * As {@link #topics}, but by an answer to a question that is asked from now on.
   *
   * @param names may be empty: then the brokers and the controller are meant
   */
  public CompletableFuture<ClusterView> refresh(Collection<String> names, long deadlineNanos) {
    return waitFor(new Want.Topics(Set.copyOf(names), true), deadlineNanos);
  }

  /**
   * A snapshot in which a partition has a leader, whose broker is listed. Fails with {@link
   * io.ottla.error.AuthorizationException} or {@link io.ottla.error.RefusedException} if there is
   * no such topic or partition.
   */
  public CompletableFuture<ClusterView> leader(String topic, int partition, long deadlineNanos) {
    ClusterView known = view;
    return known.leader(topic, partition) != null
        ? CompletableFuture.completedFuture(known)
        : waitFor(new Want.Leader(topic, partition), deadlineNanos);
  }

  /** A snapshot in which there are brokers. */
  public CompletableFuture<ClusterView> brokers(long deadlineNanos) {
    ClusterView known = view;
    return known.hasBrokers()
        ? CompletableFuture.completedFuture(known)
        : waitFor(new Want.AnyBroker(), deadlineNanos);
  }

  /**
   * A snapshot in which there is a controller; or, if brokers say of none for a while, one without:
   * the oldest cannot say.
   */
  public CompletableFuture<ClusterView> controller(long deadlineNanos) {
    ClusterView known = view;
    return known.controller() != null
        ? CompletableFuture.completedFuture(known)
        : waitFor(new Want.Controller(), deadlineNanos);
  }

  /**
   * A snapshot of all topics, made for the caller: {@link #view} takes from it only what is said of
   * topics that it holds already, so that asking for all neither empties nor fills it.
   */
  public CompletableFuture<ClusterView> allTopics(long deadlineNanos) {
    return waitFor(new Want.AllTopics(), deadlineNanos);
  }

  /**
   * The leader of a partition is not who the snapshot says, or does not answer: it is dropped, and
   * asked for. Changes nothing if that has been heard, or changed, since.
   *
   * @param partition −1 for all of the topic's, as when its id is not known any more
   * @param generationSeen that of the snapshot by which the leader was chosen
   * @param why for the log
   */
  public void complain(String topic, int partition, long generationSeen, String why) {
    onLoop(
        () -> {
          MetadataUpdate update = MetadataUpdate.complained(view, topic, partition, generationSeen);
          if (update != null) {
            log.debug("[{}] {}-{} has another leader: {}", clientId, topic, partition, why);
            publish(update);
            refresher.refresh(Set.of(topic));
            afterwards.tell();
          }
        });
  }

  /** As {@link #complain}, of the controller; it is asked for when it is next needed. */
  public void complainController(long generationSeen, String why) {
    onLoop(
        () -> {
          MetadataUpdate update = MetadataUpdate.complainedOfController(view, generationSeen);
          if (update != null) {
            log.debug("[{}] another broker is the controller: {}", clientId, why);
            publish(update);
            afterwards.tell();
          }
        });
  }

  /** A broker says who leads instead of it. Believed if it is news; confirmed by asking, too. */
  public void hint(LeaderHints hints) {
    onLoop(
        () -> {
          MetadataUpdate update = MetadataUpdate.hinted(view, hints, clock.nanoTime());
          if (update != null) {
            publish(update);
            refresher.refresh(
                update.changes().stream().map(PartitionChange::topic).collect(Collectors.toSet()));
            afterwards.tell();
          }
        });
  }

  /** A topic is of no interest any more. Topics that nobody looks up are forgotten anyway. */
  public void forget(String topic) {
    onLoop(
        () -> {
          refresher.forget(topic);
          afterwards.tell();
        });
  }

  /**
   * The brokers that are known are given up, so that those of the bootstrap list are asked
   * (KIP-899). What is known of topics stays, but none has a leader until brokers are known again.
   */
  public void rebootstrap(String why) {
    onLoop(
        () -> {
          refresher.rebootstrap(why);
          afterwards.tell();
        });
  }

  /**
   * Somebody wants to hear of each new snapshot, from now on.
   *
   * @return ends that
   */
  public Runnable onChange(MetadataListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends all waiting with {@link ClosedException}; nothing is asked any more. */
  @Override
  public void close() {
    onLoop(refresher::close);
  }

  private CompletableFuture<ClusterView> waitFor(Want want, long deadlineNanos) {
    Wish wish = new Wish(want, clock.nanoTime(), deadlineNanos);
    if (!onLoop(() -> refresher.enlist(wish))) {
      wish.future.completeExceptionally(
          new ClosedException("the client was closed", SendOutcome.NOT_SENT));
    }
    return wish.future;
  }

  /** At once if this is the loop; false if the loop has ended. */
  private boolean onLoop(Runnable action) {
    if (loop.inLoop()) {
      action.run();
      return true;
    }
    try {
      loop.execute(action);
      return true;
    } catch (RejectedExecutionException loopIsGone) {
      return false;
    }
  }

  private void publish(MetadataUpdate update) {
    view = update.view();
    if (!listeners.isEmpty()) {
      afterwards.add(
          () -> listeners.forEach(each -> each.onChange(update.view(), update.changes())));
    }
  }

  /** The snapshot, as the refresher sees it. */
  private final class Home implements Refresher.Home {
    @Override
    public ClusterView view() {
      return view;
    }

    @Override
    public void publish(MetadataUpdate update) {
      Metadata.this.publish(update);
    }
  }
}
