package io.ottla.internal.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The calls that were accepted and have not ended, some of which have not reached the link yet:
 * those that wait for a topic's id. Once it is closed no more are accepted, and it tells when the
 * last one has ended.
 *
 * <p>Thread: any.
 */
public final class UnderWay {
  private final String peer;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  @GuardedBy("this")
  private int calls;

  @GuardedBy("this")
  private boolean isClosed;

  /**
   * @param peer whom the calls go to, for messages
   */
  public UnderWay(String peer) {
    this.peer = peer;
  }

  /** Whether it accepts no more. */
  public synchronized boolean isClosed() {
    return isClosed;
  }

  /** What a call gets that comes too late. */
  public OttlaException refusal() {
    return new ClosedException(
        "nothing more is sent to " + peer + ": the client is closed", SendOutcome.NOT_SENT);
  }

  /** Makes a call and watches over it, or refuses it. */
  public <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> call) {
    synchronized (this) {
      if (isClosed) {
        return CompletableFuture.failedFuture(refusal());
      }
      calls++;
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      CompletableFuture<Void> unused =
          call.get()
              .handle(
                  (value, failure) -> {
                    // Before the caller is told: what hangs on the result may close, and wait for
                    // us.
                    leave();
                    if (failure == null) {
                      result.complete(value);
                    } else {
                      result.completeExceptionally(Requests.unwrapped(failure));
                    }
                    return null;
                  });
    } catch (RuntimeException misuse) {
      leave();
      throw misuse;
    }
    return result;
  }

  /**
   * Accepts no more.
   *
   * @return completes when the last call has ended
   */
  public CompletableFuture<Void> close() {
    boolean isEmpty;
    synchronized (this) {
      isClosed = true;
      isEmpty = calls == 0;
    }
    if (isEmpty) {
      ended.complete(null);
    }
    return ended;
  }

  private void leave() {
    boolean isLast;
    synchronized (this) {
      calls--;
      isLast = isClosed && calls == 0;
    }
    if (isLast) {
      ended.complete(null);
    }
  }
}
