package io.ottla.chaos;

import io.ottla.testkit.KafkaNode;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.KafkaServerException;
import io.ottla.testkit.proxy.Direction;
import io.ottla.testkit.proxy.FaultProxies;
import io.ottla.testkit.proxy.FaultProxy;
import io.ottla.testkit.proxy.ProxiedConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does to a cluster of three what happens to clusters: each second something to the connections,
 * every few seconds another leader, now and then a node that is killed and started again; the next
 * one not before all replicas are in sync.
 *
 * <p>Owns two threads. What it does follows from the seed; when, from the machine.
 */
public final class Mischief {
  private static final Duration LONGEST_END = Duration.ofMinutes(3);

  private final KafkaServer kafka;
  private final FaultProxies proxies;
  private final Leaders leaders;
  private final Random connections;
  private final Random nodes;
  private final ScheduledExecutorService often = thread("chaos-connections");
  private final ScheduledExecutorService seldom = thread("chaos-nodes");
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Map<String, AtomicInteger> staged = new ConcurrentSkipListMap<>();

  /** Nothing is staged yet. */
  public Mischief(KafkaServer kafka, FaultProxies proxies, Leaders leaders, long seed) {
    this.kafka = kafka;
    this.proxies = proxies;
    this.leaders = leaders;
    this.connections = new Random(seed);
    this.nodes = new Random(~seed);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Begins. */
  public void begin() {
    every(often, 1_000, this::troubleConnections);
    every(seldom, 2_000, () -> staged("leaders moved", leaders.moveOne(nodes)));
    later(4_000, this::killOne);
  }

  private void every(ScheduledExecutorService thread, long millis, Runnable task) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(noting(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void later(long millis, Runnable task) {
    if (!isEnding.get()) {
      Future<?> unused = seldom.schedule(noting(task), millis, TimeUnit.MILLISECONDS);
    }
  }

  /** An executor swallows what its tasks throw, and a run without mischief would prove nothing. */
  private Runnable noting(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error failed) {
        if (!isEnding.get()) {
          failure.compareAndSet(null, failed);
        }
        throw failed;
      }
    };
  }

  private void troubleConnections() {
    FaultProxy one = proxies.node(1 + connections.nextInt(3));
    proxies.heal();
    switch (connections.nextInt(10)) {
      case 0, 1 -> {
        proxies.cut();
        staged("all connections cut", 1);
      }
      case 2, 3 -> {
        one.reset();
        staged("connections reset", 1);
      }
      case 4, 5 -> {
        one.afterBytes(Direction.TO_CLIENT, connections.nextInt(2_000), ProxiedConnection::cut);
        staged("connections cut in an answer", 1);
      }
      case 6 -> {
        one.afterBytes(Direction.TO_BROKER, connections.nextInt(20_000), ProxiedConnection::reset);
        staged("connections reset in a request", 1);
      }
      case 7 -> {
        one.cut();
        one.blackHole(connections.nextBoolean() ? Direction.TO_CLIENT : Direction.BOTH);
        staged("brokers behind a black hole", 1);
      }
      default -> {
        one.cut();
        one.delay(Direction.TO_CLIENT, Duration.ofMillis(connections.nextInt(300)));
        staged("connections cut, then slow", 1);
      }
    }
  }

  private void killOne() {
    KafkaNode victim = kafka.node(1 + nodes.nextInt(3));
    victim.kill();
    staged("nodes killed", 1);
    later(1_000 + nodes.nextInt(4_000), () -> startAgain(victim));
  }

  private void startAgain(KafkaNode victim) {
    start(victim);
    whenWhole();
  }

  private static void start(KafkaNode victim) {
    for (int attempt = 1; ; attempt++) {
      try {
        victim.start();
        return;
      } catch (KafkaServerException notReady) {
        if (attempt == 3) {
          throw notReady;
        }
      }
    }
  }

  /** Kills the next one a while after all replicas are in sync again. */
  private void whenWhole() {
    boolean isWhole = leaders.areAllInSync();
    later(2_000, isWhole ? this::killOne : this::whenWhole);
  }

  private void staged(String what, int times) {
    if (times > 0) {
      staged.computeIfAbsent(what, any -> new AtomicInteger()).addAndGet(times);
    }
  }

  /** Ends: all nodes run, connections are whole, all replicas are in sync. */
  public void end() throws InterruptedException {
    isEnding.set(true);
    for (ScheduledExecutorService each : List.of(often, seldom)) {
      each.shutdownNow();
      if (!each.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the mischief does not end");
      }
    }
    proxies.heal();
    kafka.nodes().forEach(Mischief::start);
    leaders.awaitAllInSync(LONGEST_END);
    if (failure.get() != null) {
      throw new AssertionError("the mischief ended early", failure.get());
    }
  }

  /** How often something was done. */
  public int faults() {
    return staged.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  /** How often this was done, in the words of {@link #toString}. */
  public int faults(String what) {
    return staged.getOrDefault(what, new AtomicInteger()).get();
  }

  /** What was done, and how often. */
  @Override
  public String toString() {
    return staged.entrySet().stream()
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining(", "));
  }
}
