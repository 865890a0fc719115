package io.ottla.internal.net;

import io.netty.util.concurrent.EventExecutor;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.security.SaslExchange;
import io.ottla.security.SaslMechanism;
import io.ottla.security.SaslPeer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange of a mechanism, whose methods may wait, seen from a loop, which may not.
 *
 * <p>Owns: the exchange, which it closes once, after whatever still runs in it. Thread: the loop's;
 * the mechanism runs on blocking threads, one method at a time.
 */
@LoopConfined
final class BlockingExchange {
  /** What came of a method. */
  static final class Outcome {
    private final byte @Nullable [] bytes;
    private final boolean isComplete;
    private final long expiresAtMillis;
    private final @Nullable Throwable failure;

    private Outcome(byte @Nullable [] bytes, boolean isComplete, long expiresAtMillis) {
      this.bytes = bytes;
      this.isComplete = isComplete;
      this.expiresAtMillis = expiresAtMillis;
      failure = null;
    }

    private Outcome(Throwable failure) {
      bytes = null;
      isComplete = false;
      expiresAtMillis = Long.MAX_VALUE;
      this.failure = failure;
    }

    /** What to send; null if nothing. */
    byte @Nullable [] bytes() {
      return bytes;
    }

    /** Whether our side is satisfied. */
    boolean isComplete() {
      return isComplete;
    }

    /** When the credentials end. */
    long expiresAtMillis() {
      return expiresAtMillis;
    }

    /** What was thrown instead, or null. */
    @Nullable Throwable failure() {
      return failure;
    }
  }

  /** Where outcomes go, on the loop; not after the end. */
  interface Listener {
    void onOutcome(Outcome outcome);
  }

  /** A method of the exchange. */
  private interface Turn {
    byte @Nullable [] take();
  }

  private static final Logger log = LoggerFactory.getLogger(BlockingExchange.class);

  private final SaslMechanism mechanism;
  private final SaslPeer peer;
  private final Executor blocking;
  private final EventExecutor loop;
  private @Nullable SaslExchange exchange; // of the blocking thread while isRunning
  private boolean isRunning;
  private boolean isEnded;
  private boolean wasRefused; // set before it is handed over to be closed

  BlockingExchange(SaslMechanism mechanism, SaslPeer peer, Executor blocking, EventExecutor loop) {
    this.mechanism = mechanism;
    this.peer = peer;
    this.blocking = blocking;
    this.loop = loop;
  }

  /** Begins, and asks for the first bytes. */
  void begin(Listener listener) {
    run(
        () -> {
          SaslExchange fresh = mechanism.begin(peer);
          exchange = fresh;
          return fresh.first();
        },
        listener);
  }

  /** Has it answer the broker. */
  void next(byte[] challenge, Listener listener) {
    run(() -> present().next(challenge), listener);
  }

  /** Forgets it; nobody is told anything any more. */
  void end() {
    assert loop.inEventLoop();
    if (!isEnded) {
      isEnded = true;
      if (!isRunning) {
        closeExchange();
      }
    }
  }

  /** Forgets it as {@link #end}, and tells it before that the broker has refused it. */
  void refuse() {
    assert loop.inEventLoop() && !isRunning;
    wasRefused = true;
    end();
  }

  private void run(Turn turn, Listener listener) {
    assert loop.inEventLoop() && !isRunning && !isEnded;
    isRunning = true;
    try {
      blocking.execute(() -> tellLoop(outcomeOf(turn), listener));
    } catch (RejectedExecutionException over) {
      isRunning = false;
      listener.onOutcome(new Outcome(over));
    }
  }

  /** On a blocking thread. Whatever a user's mechanism throws ends its exchange, not the thread. */
  private Outcome outcomeOf(Turn turn) {
    try {
      byte[] bytes = turn.take();
      SaslExchange used = present();
      return new Outcome(bytes, used.isComplete(), used.expiresAtMillis());
    } catch (Exception | LinkageError | StackOverflowError thrown) {
      return new Outcome(thrown);
    }
  }

  private void tellLoop(Outcome outcome, Listener listener) {
    try {
      loop.execute(() -> onOutcome(outcome, listener));
    } catch (RejectedExecutionException loopIsGone) {
      closeQuietly(exchange);
    }
  }

  private void onOutcome(Outcome outcome, Listener listener) {
    isRunning = false;
    if (isEnded) {
      closeExchange();
    } else {
      listener.onOutcome(outcome);
    }
  }

  private void closeExchange() {
    SaslExchange ended = exchange;
    exchange = null;
    if (ended != null) {
      try {
        blocking.execute(() -> closeQuietly(ended));
      } catch (RejectedExecutionException over) {
        closeQuietly(ended);
      }
    }
  }

  private void closeQuietly(@Nullable SaslExchange ended) {
    try (SaslExchange last = ended) {
      if (last != null && wasRefused) {
        last.refused();
      }
    } catch (Exception unimportant) {
      log.debug("{} failed to forget its secrets", mechanism.name(), unimportant);
    }
  }

  private SaslExchange present() {
    if (exchange == null) {
      throw new IllegalStateException("mechanism " + mechanism.name() + " began no exchange");
    }
    return exchange;
  }
}
