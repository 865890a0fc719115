package io.ottla.internal.cluster;

import io.ottla.error.OttlaException;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Loop;
import io.ottla.protocol.message.ResponseMessage;
import java.util.concurrent.RejectedExecutionException;

/**
 * Brings the end of a call from its link's loop to the cluster's.
 *
 * @param loop the cluster's
 * @param target who is told there
 * @param <R> the response's type
 */
record LoopReply<R extends ResponseMessage>(Loop loop, Reply<R> target) implements Reply<R> {
  @Override
  public void onResponse(R response) {
    onLoop(() -> target.onResponse(response));
  }

  @Override
  public void onFailure(OttlaException failure) {
    onLoop(() -> target.onFailure(failure));
  }

  private void onLoop(Runnable end) {
    try {
      loop.execute(end);
    } catch (RejectedExecutionException afterTheLastClose) {
      // Nobody is left whom it could be told to: all requests ended before the loop did.
    }
  }
}
