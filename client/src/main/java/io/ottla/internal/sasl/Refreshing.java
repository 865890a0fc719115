package io.ottla.internal.sasl;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Something that ends, as a token does, and is fetched anew ahead of its end: one for all who ask.
 *
 * <p>Owns: the last one, and the fetch under way. Thread: any; whoever asks while there is none
 * that is valid waits. Always: one fetch at a time; a fetch that fails is told to those who wait
 * for it and to nobody after; while the last one is valid nobody waits.
 *
 * <p>Units: milliseconds since 1970; {@link Long#MAX_VALUE} is an end that is not known: such a one
 * is handed out once.
 */
public final class Refreshing<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshing.class);

  /** The part of a life after which it is replaced, at the earliest; then up to the most. */
  private static final double WINDOW = 0.8;

  private static final double JITTER = 0.05;
  private static final long RETRY_MILLIS = 10_000;

  private final String what;
  private final Supplier<T> source;
  private final ToLongFunction<T> end;
  private final Clock clock;
  private final DoubleSupplier random;
  private final Executor background;

  @GuardedBy("this")
  private @Nullable T last;

  @GuardedBy("this")
  private long refreshAtMillis;

  @GuardedBy("this")
  private @Nullable CompletableFuture<T> underWay;

  @GuardedBy("this")
  private boolean hasWarned;

  /**
   * @param what its name in messages
   * @param source fetches one; may wait; one call at a time
   * @param end when one ends
   * @param random 0 to 1, so that many processes do not ask at once
   * @param background where one is fetched that nobody waits for
   */
  public Refreshing(
      String what,
      Supplier<T> source,
      ToLongFunction<T> end,
      Clock clock,
      DoubleSupplier random,
      Executor background) {
    this.what = what;
    this.source = source;
    this.end = end;
    this.clock = clock;
    this.random = random;
    this.background = background;
  }

  /** One that is valid; what the source throws is thrown if there is none. */
  public T get() {
    CompletableFuture<T> fetch;
    boolean isOurs;
    synchronized (this) {
      T valid = validOne();
      if (valid != null) {
        fetchAhead();
        return valid;
      }
      isOurs = underWay == null;
      fetch = isOurs ? begin() : requireNonNull(underWay);
    }
    if (isOurs) {
      run(fetch);
    }
    return outcome(fetch);
  }

  /** Forgets one that turned out to be of no use, so that the next who asks gets another. */
  public synchronized void drop(T useless) {
    if (last == useless) {
      last = null;
    }
  }

  @GuardedBy("this")
  private @Nullable T validOne() {
    T one = last;
    return one != null && clock.wallMillis() < end.applyAsLong(one) ? one : null;
  }

  @GuardedBy("this")
  private void fetchAhead() {
    if (underWay == null && clock.wallMillis() >= refreshAtMillis) {
      CompletableFuture<T> fetch = begin();
      background.execute(() -> run(fetch));
    }
  }

  @GuardedBy("this")
  private CompletableFuture<T> begin() {
    CompletableFuture<T> fetch = new CompletableFuture<>();
    underWay = fetch;
    return fetch;
  }

  private void run(CompletableFuture<T> fetch) {
    try {
      T fresh = source.get();
      onFetched(fresh);
      fetch.complete(fresh);
    } catch (RuntimeException | Error failure) {
      onFailed(failure);
      fetch.completeExceptionally(failure);
    }
  }

  private synchronized void onFetched(T fresh) {
    underWay = null;
    hasWarned = false;
    long now = clock.wallMillis();
    long ends = end.applyAsLong(fresh);
    last = ends == Long.MAX_VALUE ? null : fresh;
    double window = WINDOW + JITTER * random.getAsDouble();
    refreshAtMillis = now + (long) ((ends - now) * window);
  }

  private synchronized void onFailed(Throwable failure) {
    underWay = null;
    T valid = validOne();
    if (valid == null) {
      return; // whoever waits is told
    }
    long now = clock.wallMillis();
    refreshAtMillis = now + RETRY_MILLIS;
    String why =
        failure instanceof OttlaException ? failure.getMessage() : failure.getClass().getName();
    LOG.atLevel(hasWarned ? Level.DEBUG : Level.WARN)
        .log(
            "{} could not be had ahead of time; the last one is good for {} s more, next try in {}"
                + " s: {}",
            what,
            (end.applyAsLong(valid) - now) / 1_000,
            RETRY_MILLIS / 1_000,
            why);
    hasWarned = true;
  }

  private T outcome(CompletableFuture<T> fetch) {
    try {
      return fetch.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw failed;
    }
  }

  @Override
  public String toString() {
    return "Refreshing[" + what + ", hidden]";
  }
}
