package io.ottla.internal.cluster.metadata;

import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who coordinates groups and transactions: looked up when it is needed, kept until somebody
 * complains.
 *
 * <p>Owns: what was found. Thread: any; as for {@link Metadata}. Always: callers share a lookup,
 * and none of them can spoil it for others; a complaint names the generation that it saw, so that
 * one that comes late drops nothing.
 */
public final class Coordinators implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Coordinators.class);

  private final Map<CoordinatorType, Found> found = new EnumMap<>(CoordinatorType.class);
  private final Map<CoordinatorType, Finder> finders = new EnumMap<>(CoordinatorType.class);
  private final MetadataSettings settings;
  private final Loop loop;
  private final Clock clock;
  private final String clientId;
  private final Alarm sweep;

  /**
   * Nobody is known; asks nobody before somebody wants to know.
   *
   * @param source whom it asks
   * @param settings idle time, back-off and time for a question are the metadata's
   * @param loop where it asks
   * @param random where jitter comes from
   * @param clientId for the log
   */
  public Coordinators(
      CoordinatorSource source,
      MetadataSettings settings,
      Loop loop,
      Clock clock,
      RandomGenerator random,
      String clientId) {
    this.settings = settings;
    this.loop = loop;
    this.clock = clock;
    this.clientId = clientId;
    sweep = new Alarm(loop, clock, this::sweep);
    Environment environment = new Environment(loop, clock, random, clientId);
    Found.Generations generations = new Found.Generations();
    for (CoordinatorType type : CoordinatorType.values()) {
      Found ofType = new Found(generations, clock);
      found.put(type, ofType);
      finders.put(type, new Finder(type, ofType, source, settings, environment));
    }
  }

  /**
   * Who coordinates it. Fails with {@link io.ottla.error.AuthorizationException} or {@link
   * io.ottla.error.RefusedException} if asking is useless, and at the deadline with {@link
   * io.ottla.error.TimeoutException}.
   */
  public CompletableFuture<Coordinator> find(CoordinatorType type, String key, long deadlineNanos) {
    Coordinator known = foundOf(type).find(key);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    Lookup lookup = new Lookup(key, clock.nanoTime(), deadlineNanos);
    if (!onLoop(() -> enlist(type, lookup))) {
      lookup.future.completeExceptionally(
          new ClosedException("the client was closed", SendOutcome.NOT_SENT));
    }
    return lookup.future;
  }

  /**
   * It is not the coordinator, or does not answer: it is dropped, and looked up when it is next
   * needed. Changes nothing if another has been found since.
   *
   * @param generationSeen that of the {@link Coordinator} that was asked
   * @param why for the log
   */
  public void complain(CoordinatorType type, String key, long generationSeen, String why) {
    onLoop(
        () -> {
          if (foundOf(type).drop(key, generationSeen)) {
            log.debug("[{}] {} {} has another coordinator: {}", clientId, type.label(), key, why);
          }
        });
  }

  /** A broker cannot be reached: whatever it coordinates has, or will have, another coordinator. */
  public void brokerGone(int brokerId, String why) {
    onLoop(
        () -> {
          int dropped = 0;
          for (Found ofType : found.values()) {
            dropped += ofType.dropAllOf(brokerId);
          }
          if (dropped > 0) {
            log.debug("[{}] broker {} coordinates nothing: {}", clientId, brokerId, why);
          }
        });
  }

  /** Ends all waiting with {@link ClosedException}; nothing is asked any more. */
  @Override
  public void close() {
    onLoop(
        () -> {
          sweep.cancel();
          finders.values().forEach(Finder::close);
        });
  }

  private void enlist(CoordinatorType type, Lookup lookup) {
    finderOf(type).enlist(lookup);
    if (finderOf(type).state() != AskingState.CLOSED) {
      sweep.armFor(clock.nanoTime() + settings.maxIdleNanos());
    }
  }

  private void sweep() {
    boolean isAnyLeft = false;
    for (Found ofType : found.values()) {
      ofType.sweep(clock.nanoTime(), settings.maxIdleNanos());
      isAnyLeft |= !ofType.isEmpty();
    }
    if (isAnyLeft) {
      sweep.armFor(clock.nanoTime() + settings.maxIdleNanos() / 2);
    }
  }

  private Found foundOf(CoordinatorType type) {
    return Objects.requireNonNull(found.get(type));
  }

  private Finder finderOf(CoordinatorType type) {
    return Objects.requireNonNull(finders.get(type));
  }

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
}
