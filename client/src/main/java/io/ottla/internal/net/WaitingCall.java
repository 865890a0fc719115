package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.LoopConfined;
import org.jspecify.annotations.Nullable;

/** A call that waits for a connection, which it then leaves on. */
@LoopConfined
final class WaitingCall implements Waiter {
  private final Call<?> call;
  private final Endpoint endpoint;

  WaitingCall(Call<?> call, Endpoint endpoint) {
    this.call = call;
    this.endpoint = endpoint;
  }

  @Override
  public long deadlineNanos() {
    return call.deadlineNanos();
  }

  @Override
  public void onConnected(Connection connection) {
    connection.send(call, null);
  }

  @Override
  public void onFailed(Loss loss, int attempts, long nowNanos) {
    call.fail(loss, endpoint, nowNanos, attempts);
  }

  @Override
  public void onTimeout(long nowNanos, String hint, @Nullable OttlaException last) {
    call.onTimeout(endpoint, nowNanos, hint, last);
  }
}
