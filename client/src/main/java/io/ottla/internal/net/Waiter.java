package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a connection. Told of exactly one end; on the link's loop. */
interface Waiter {
  /** Until when it waits. */
  long deadlineNanos();

  /** There is one. */
  void onConnected(Connection connection);

  /**
   * There will be none.
   *
   * @param attempts how many attempts failed while it waited
   */
  void onFailed(Loss loss, int attempts, long nowNanos);

  /**
   * Its time is over.
   *
   * @param hint what it waited for
   * @param last the last failure of the link, if there is one
   */
  void onTimeout(long nowNanos, String hint, @Nullable OttlaException last);
}
