package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ResponseMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The end of a call as a future that completes on callback threads, so that what users hang on it
 * never runs on a loop.
 *
 * @param <R> the response's type
 */
public final class FutureReply<R extends ResponseMessage> implements Reply<R> {
  private final CompletableFuture<R> future = new CompletableFuture<>();
  private final Executor callbacks;

  /**
   * @param callbacks where the future completes
   */
  public FutureReply(Executor callbacks) {
    this.callbacks = callbacks;
  }

  /** The future of the response. */
  public CompletableFuture<R> future() {
    return future;
  }

  @Override
  public void onResponse(R response) {
    onCallbackThread(() -> future.complete(response));
  }

  @Override
  public void onFailure(OttlaException failure) {
    onCallbackThread(() -> future.completeExceptionally(failure));
  }

  private void onCallbackThread(Runnable completion) {
    try {
      callbacks.execute(completion);
    } catch (RejectedExecutionException afterTheLastClose) {
      // The runtime is gone, and with it every loop: this is the thread of a late caller.
      completion.run();
    }
  }
}
