package io.ottla.testkit.proxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link FaultScript} that is being played.
 *
 * <p>Ends when its last step is done, when it is cancelled, when a step throws, or with its proxy.
 * Thread: any.
 */
public final class ScriptRun {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptRun.class);

  private final FaultProxy proxy;
  private final ProxyLoop loop;
  private final FaultScript script;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

  /** The loop's. */
  private int done;

  private Runnable takeBack = () -> {};

  ScriptRun(FaultProxy proxy, ProxyLoop loop, FaultScript script) {
    this.proxy = proxy;
    this.loop = loop;
    this.script = script;
  }

  /** Begins. Thread: the loop. */
  void begin() {
    waitForNext();
  }

  /** How many steps are done. */
  public int stepsDone() {
    return loop.ask(() -> done);
  }

  /** Whether it has ended, in whatever way. */
  public boolean isDone() {
    return end.isDone();
  }

  /** Takes no further step. What was done stays. */
  public void cancel() {
    loop.callUnlessEnded(
        () -> {
          takeBack.run();
          end(new IllegalStateException("the script was cancelled"));
        });
  }

  /** Ends with its proxy. Thread: the loop. */
  void onProxyClosed() {
    takeBack.run();
    end(new IllegalStateException("the proxy was closed before the script had ended"));
  }

  private void end(@Nullable Throwable failure) {
    if (failure == null) {
      end.complete(null);
    } else {
      end.completeExceptionally(failure);
    }
    proxy.onEnded(this);
  }

  /**
   * Waits for the end.
   *
   * @param timeout how long at most
   * @throws AssertionError if it has not ended until then
   * @throws IllegalStateException if a step threw, if it was cancelled, or if its proxy was closed;
   *     the cause says which
   * @throws InterruptedException if this thread was interrupted
   */
  public void await(Duration timeout) throws InterruptedException {
    try {
      end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "after "
              + timeout
              + " a script has done "
              + stepsDone()
              + " of "
              + script.steps().size()
              + " steps; "
              + proxy
              + " has "
              + proxy.counters(),
          e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the script did not end well: " + e.getCause(), e.getCause());
    }
  }

  private void waitForNext() {
    if (done == script.steps().size()) {
      end(null);
      return;
    }
    FaultScript.Step step = script.steps().get(done);
    if (step.nanos() > 0) {
      ProxyLoop.LoopTimer timer = loop.schedule(loop.nowNanos() + step.nanos(), () -> take(step));
      takeBack = () -> loop.cancel(timer);
    } else {
      takeBack = proxy.light(step.direction(), step.bytes(), () -> take(step));
    }
  }

  private void take(FaultScript.Step step) {
    takeBack = () -> {};
    if (end.isDone()) {
      return;
    }
    try {
      step.action().accept(proxy);
    } catch (RuntimeException | AssertionError e) {
      LOG.error("a script ends at step {}, which threw", done + 1, e);
      end(e);
      return;
    }
    done++;
    waitForNext();
  }
}
