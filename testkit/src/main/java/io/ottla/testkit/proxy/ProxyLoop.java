package io.ottla.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that a proxy, or all proxies of a cluster, live on.
 *
 * <p>Owns: the selector, the timers, and through them all sockets. Thread: {@link #call}, {@link
 * #ask}, {@link #catchUp}, {@link #await} and {@link #close} on any; all else on the loop. Always:
 * time stands still within a turn, and a timer runs at the time that it was set to, even if that
 * has passed. Units: nanoseconds of the clock.
 */
final class ProxyLoop {
  /** What a key's channel is ready for. */
  interface Ready {
    void onReady(int operations);
  }

  /** A task that waits for its time. */
  static final class LoopTimer {
    private final long dueNanos;
    private final long number;
    private final Runnable task;

    LoopTimer(long dueNanos, long number, Runnable task) {
      this.dueNanos = dueNanos;
      this.number = number;
      this.task = task;
    }

    long dueNanos() {
      return dueNanos;
    }
  }

  /** Somebody who waits for something. */
  private record Waiter(BooleanSupplier condition, CompletableFuture<@Nullable Void> met) {}

  private static final Logger LOG = LoggerFactory.getLogger(ProxyLoop.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int SCRATCH_BYTES = 64 << 10;

  private final ProxyClock clock;
  private final Selector selector;
  private final Thread thread;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean closing;

  /** Of the loop. */
  private final PriorityQueue<LoopTimer> timers =
      new PriorityQueue<>(
          Comparator.<LoopTimer>comparingLong(timer -> timer.dueNanos)
              .thenComparingLong(timer -> timer.number));

  private final List<Waiter> waiters = new ArrayList<>();
  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);
  private long timerNumber;
  private long nowNanos;

  private ProxyLoop(ProxyClock clock) {
    this.clock = clock;
    this.nowNanos = clock.nanoTime();
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector for a proxy", e);
    }
    this.thread = new Thread(this::run, "ottla-fault-proxy-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
  }

  static ProxyLoop start(ProxyClock clock) {
    ProxyLoop loop = new ProxyLoop(clock);
    loop.thread.start();
    if (clock instanceof ManualProxyClock manual) {
      manual.attach(loop);
    }
    return loop;
  }

  /**
   * Does something on the loop, and returns when it is done.
   *
   * @throws IllegalStateException if the loop has ended
   */
  void call(Runnable action) {
    supply(
        () -> {
          action.run();
          return this;
        });
  }

  /**
   * Asks something on the loop.
   *
   * @throws IllegalStateException if the loop has ended
   */
  <T> T supply(Supplier<T> question) {
    if (inLoop()) {
      return question.get();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    submit(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
          }
        },
        () -> answer.completeExceptionally(new IllegalStateException("the proxy is closed")));
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        cause.addSuppressed(new IllegalStateException("asked for from here"));
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Asks something of state that is still there after the loop's end. */
  <T> T ask(Supplier<T> question) {
    if (inLoop()) {
      return question.get();
    }
    if (!closing) {
      try {
        return supply(question);
      } catch (IllegalStateException e) {
        if (!closing) {
          throw e;
        }
      }
    }
    joinThread();
    return question.get();
  }

  /** Does something on the loop; nothing if that has ended. */
  void callUnlessEnded(Runnable action) {
    try {
      call(action);
    } catch (IllegalStateException e) {
      if (!closing) {
        throw e;
      }
    }
  }

  private void submit(Runnable task, Runnable refusal) {
    if (closing) {
      refusal.run();
      return;
    }
    tasks.add(task);
    selector.wakeup();
    if (closing && tasks.remove(task)) {
      refusal.run();
    }
  }

  /** Runs what has become due. */
  void catchUp() {
    callUnlessEnded(this::runDue);
  }

  boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /**
   * Waits until something is so at the end of a turn.
   *
   * @param condition is asked on the loop
   * @return false if the time ran out
   * @throws IllegalStateException if the loop has ended
   */
  boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
    Waiter waiter = new Waiter(condition, new CompletableFuture<>());
    call(() -> waiters.add(waiter));
    try {
      waiter.met.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return waiter.met.isDone();
    } catch (ExecutionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
    } finally {
      callUnlessEnded(() -> waiters.remove(waiter));
    }
  }

  /** The time; stands still within a turn. */
  long nowNanos() {
    assert inLoop();
    return nowNanos;
  }

  /** Memory for what nobody wants; its content is undefined. */
  ByteBuffer scratch() {
    assert inLoop();
    return scratch.clear();
  }

  LoopTimer schedule(long dueNanos, Runnable task) {
    assert inLoop();
    LoopTimer timer = new LoopTimer(dueNanos, timerNumber++, task);
    timers.add(timer);
    return timer;
  }

  void cancel(LoopTimer timer) {
    assert inLoop();
    timers.remove(timer);
  }

  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    assert inLoop();
    channel.configureBlocking(false);
    return channel.register(selector, operations, ready);
  }

  /** Makes the system close what was closed here: the selector holds it until it selects. */
  void letGo() throws IOException {
    assert inLoop();
    selector.selectNow();
  }

  /** Ends the loop, its selector, and what is registered there; returns when all is gone. */
  void close(Runnable last) {
    if (inLoop()) {
      throw new IllegalStateException("a proxy cannot be closed on its own thread");
    }
    if (clock instanceof ManualProxyClock manual) {
      manual.detach(this);
    }
    callUnlessEnded(
        () -> {
          last.run();
          closing = true;
        });
    joinThread();
  }

  private void joinThread() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        select();
        runDue();
        dispatch();
        runTasks();
        runDue();
        endTurn();
      }
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("a fault proxy ends: all its connections break", e);
    } finally {
      end();
    }
  }

  private void select() throws IOException {
    LoopTimer next = timers.peek();
    if (!tasks.isEmpty()) {
      selector.selectNow();
    } else if (next == null || clock instanceof ManualProxyClock) {
      selector.select();
    } else {
      long left = next.dueNanos - clock.nanoTime();
      if (left <= 0) {
        selector.selectNow();
      } else {
        selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      }
    }
  }

  private void dispatch() {
    List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
    selector.selectedKeys().clear();
    for (SelectionKey key : ready) {
      if (key.isValid()) {
        ((Ready) key.attachment()).onReady(key.readyOps());
      }
    }
  }

  private void runTasks() {
    Runnable task = tasks.poll();
    while (task != null) {
      task.run();
      task = tasks.poll();
    }
  }

  private void runDue() {
    long until = Math.max(nowNanos, clock.nanoTime());
    LoopTimer next = timers.peek();
    while (next != null && next.dueNanos <= until) {
      timers.remove(next);
      nowNanos = Math.max(nowNanos, next.dueNanos);
      next.task.run();
      next = timers.peek();
    }
    nowNanos = until;
  }

  private void endTurn() {
    for (Waiter waiter : List.copyOf(waiters)) {
      try {
        if (waiter.condition.getAsBoolean()) {
          waiter.met.complete(null);
        }
      } catch (RuntimeException | AssertionError e) {
        waiter.met.completeExceptionally(e);
      }
    }
  }

  private void end() {
    closing = true;
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      LOG.warn("a fault proxy's socket did not close", e);
    }
    waiters.forEach(
        waiter ->
            waiter.met.completeExceptionally(new IllegalStateException("the proxy was closed")));
    runTasks();
  }
}
