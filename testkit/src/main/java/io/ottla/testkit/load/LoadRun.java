package io.ottla.testkit.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends records through a client and measures what that costs: first those of the warm-up, then,
 * when all of them are answered, those that count.
 *
 * <p>A sample of the records is timed, from the send to the report. If records are due at times of
 * their own, from when the record was due: a client that stands still makes all late that it holds
 * up, also those that could not even be sent meanwhile.
 *
 * <p>Owns: the threads that send; none is left when {@link #run} returns.
 */
public final class LoadRun {
  private final LoadPlan plan;
  private final LoadClock clock;
  private final Payloads payloads;

  LoadRun(LoadPlan plan, LoadClock clock) {
    this.plan = plan;
    this.clock = clock;
    this.payloads = new Payloads(plan.recordBytes());
  }

  /** A run as planned. */
  public static LoadRun of(LoadPlan plan) {
    return new LoadRun(plan, LoadClock.system());
  }

  /**
   * Runs once; waits until each record is delivered or has failed.
   *
   * @throws InterruptedException if the calling thread is interrupted; then nothing is sent any
   *     more
   */
  public LoadFigures run(LoadClient client) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(plan.threads(), LoadRun::thread);
    try {
      Usage start = Usage.now(clock);
      send(plan.warmUpRecords(), client, new Latencies(), threads);
      Usage warm = Usage.now(clock);
      Latencies latencies = new Latencies();
      send(plan.records(), client, latencies, threads);
      Usage end = Usage.now(clock);
      return new LoadFigures(
          plan,
          warm.since(start),
          end.since(warm),
          Usage.ofProcess(clock),
          latencies.summary(),
          client.failed());
    } finally {
      threads.shutdownNow();
    }
  }

  private void send(long records, LoadClient client, Latencies latencies, ExecutorService threads)
      throws InterruptedException {
    if (records == 0) {
      return;
    }
    LoadPhase phase = new LoadPhase(plan, records, clock, payloads, latencies);
    List<Callable<Void>> shares = new ArrayList<>();
    for (int thread = 0; thread < plan.threads(); thread++) {
      int number = thread;
      shares.add(
          () -> {
            phase.send(number, client);
            return null;
          });
    }
    for (Future<Void> share : threads.invokeAll(shares)) {
      await(share);
    }
    client.flush();
  }

  private static void await(Future<Void> share) throws InterruptedException {
    try {
      share.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "load");
    thread.setDaemon(true);
    return thread;
  }
}
