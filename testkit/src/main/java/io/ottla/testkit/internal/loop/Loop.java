package io.ottla.testkit.internal.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The one thread of a fake cluster. All sockets, all timers and all state of all its brokers belong
 * to it, so nothing of them needs a lock, and whatever a test changes happens between two requests.
 *
 * <p>Owns: the thread, the selector, the timers. Thread: {@link #execute}, {@link #call}, {@link
 * #advance} and {@link #close} from any; all else on the loop. Units: milliseconds since 1970.
 */
public final class Loop implements Timers, AutoCloseable {
  private static final long FOREVER = 0;

  private record Scheduled(long dueMillis, long number, Runnable task) {}

  private final Clock clock;
  private final Consumer<Throwable> onDefect;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean isClosing;

  /** Set before the tasks are looked at for the last time. */
  private volatile boolean hasEnded;

  // The loop's own.
  private final PriorityQueue<Scheduled> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Scheduled::dueMillis).thenComparingLong(Scheduled::number));
  private long timerNumber;
  private boolean isSelecting;

  private Loop(String name, Clock clock, Consumer<Throwable> onDefect) {
    this.clock = clock;
    this.onDefect = onDefect;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Starts a loop.
   *
   * @param name the thread's
   * @param clock what time it is
   * @param onDefect is told, on the loop, what a task threw; the loop goes on
   */
  public static Loop start(String name, Clock clock, Consumer<Throwable> onDefect) {
    Loop loop = new Loop(name, clock, onDefect);
    loop.thread.start();
    return loop;
  }

  /** Whether it still does what it is given. From any thread. */
  public boolean isRunning() {
    return !isClosing && !hasEnded;
  }

  /** Whether the caller is the loop. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public long nowMillis() {
    return clock.millis();
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    assert inLoop();
    Scheduled entry = new Scheduled(nowMillis() + Math.max(0, delayMillis), timerNumber++, task);
    timers.add(entry);
    return () -> timers.remove(entry);
  }

  /** Runs a task in a later turn of the loop. */
  public void execute(Runnable task) {
    tasks.add(task);
    if (!inLoop()) {
      selector.wakeup();
    }
  }

  /**
   * Runs something on the loop and waits for it; on the loop itself, at once.
   *
   * @return what it returned
   * @throws IllegalStateException if the loop is closed
   */
  public <T> T call(Callable<T> task) {
    if (inLoop()) {
      return run(task);
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    execute(
        () -> {
          try {
            done.complete(run(task));
          } catch (Throwable failed) {
            done.completeExceptionally(failed);
          }
        });
    if (hasEnded) {
      // Else the loop has yet to look at its tasks for the last time, and finds this one.
      done.completeExceptionally(new IllegalStateException("the fake cluster is closed"));
    }
    try {
      return done.join();
    } catch (CompletionException failed) {
      throw asUnchecked(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  /** {@link #call} for what returns nothing. */
  public void run(Runnable task) {
    call(
        () -> {
          task.run();
          return true;
        });
  }

  /**
   * Moves a manual clock; what becomes due meanwhile runs at its own time. Returns when all that
   * has run.
   */
  public void advance(ManualTime time, Duration by) {
    run(
        () -> {
          long until = time.millis() + by.toMillis();
          for (Scheduled next = timers.peek();
              next != null && next.dueMillis <= until;
              next = timers.peek()) {
            time.moveTo(Math.max(time.millis(), next.dueMillis));
            runDueTimers();
          }
          time.moveTo(until);
        });
  }

  /** Has a channel watched; what happens to it is told on the loop. */
  public SelectionKey register(SelectableChannel channel, int interest, Ready ready)
      throws IOException {
    assert inLoop();
    channel.configureBlocking(false);
    return channel.register(selector, interest, ready);
  }

  /**
   * Runs something when all channels that were closed are closed indeed: until a selector looks
   * again, the port of a closed channel still accepts. At once, unless the loop is just looking.
   */
  public void afterClosing(Runnable task) {
    assert inLoop();
    if (isSelecting) {
      execute(() -> afterClosing(task));
      return;
    }
    try {
      selector.selectNow();
      selector.selectedKeys().clear(); // They are told when the loop looks itself.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    task.run();
  }

  /** What a channel became ready for. */
  @FunctionalInterface
  public interface Ready {
    /** Called on the loop. */
    void onReady(SelectionKey key) throws IOException;
  }

  /** Ends the thread; what was not run yet is dropped. Returns when it has ended. */
  @Override
  public void close() {
    isClosing = true;
    selector.wakeup();
    if (inLoop()) {
      return;
    }
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (selector) {
      while (!isClosing) {
        runTasks();
        runDueTimers();
        if (tasks.isEmpty()) {
          isSelecting = true;
          selector.select(this::onReady, millisToWait());
          isSelecting = false;
        }
      }
    } catch (IOException | ClosedSelectorException e) {
      onDefect.accept(e);
    }
    hasEnded = true;
    runTasks();
  }

  private void onReady(SelectionKey key) {
    guarded(
        () -> {
          if (key.isValid()) {
            ((Ready) key.attachment()).onReady(key);
          }
          return true;
        });
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  private void runDueTimers() {
    long now = nowMillis();
    for (Scheduled next = timers.peek();
        next != null && next.dueMillis <= now;
        next = timers.peek()) {
      timers.remove(next);
      guarded(next.task);
    }
  }

  private long millisToWait() {
    Scheduled next = timers.peek();
    if (next == null || clock instanceof ManualTime) {
      return FOREVER;
    }
    return Math.max(1, next.dueMillis - nowMillis());
  }

  private void guarded(Runnable task) {
    guarded(
        () -> {
          task.run();
          return true;
        });
  }

  private void guarded(Callable<?> task) {
    try {
      task.call();
    } catch (Throwable defect) {
      onDefect.accept(defect);
    }
  }

  private static <T> T run(Callable<T> task) {
    try {
      return task.call();
    } catch (Exception failed) {
      throw asUnchecked(failed);
    }
  }

  private static RuntimeException asUnchecked(Throwable failed) {
    if (failed instanceof Error error) {
      throw error;
    }
    return failed instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failed);
  }
}
