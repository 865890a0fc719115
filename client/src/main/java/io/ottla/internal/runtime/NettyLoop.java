package io.ottla.internal.runtime;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A loop of the transport's.
 *
 * @param executor the transport's own
 */
record NettyLoop(EventLoop executor) implements Loop {
  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public boolean inLoop() {
    return executor.inEventLoop();
  }

  @Override
  public Delayed schedule(Runnable task, long delayNanos) {
    Future<?> delayed = executor.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    return () -> delayed.cancel(false);
  }
}
