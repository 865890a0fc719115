package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.producer.Producer;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several producers with policies of their own, several threads each, and trouble all the time:
 * every acknowledged record is in the log once and where its sender was told, what is unknown is
 * there at most once, what failed is not, and each record has one report.
 *
 * <p>{@code -Dottla.seed=N} does again what a run with that seed did, as far as threads allow;
 * {@code -Dottla.chaos.fake.seconds=N} makes it longer.
 */
@Timeout(600)
final class ProducerChaosTest {
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TROUBLE =
      Duration.ofSeconds(Integer.getInteger("ottla.chaos.fake.seconds", 8));

  /** What each producer is told beside what all are told. */
  private static final List<Map<String, String>> POLICIES =
      List.of(
          Map.of("linger", "0ms", "batch.records", "1"),
          Map.of("linger", "5ms", "batch.records", "50", "compression", "lz4", "memory", "1MB"),
          Map.of(
              "linger",
              "1ms",
              "batch.bytes",
              "8KB",
              "delivery.timeout",
              "900ms",
              "overflow",
              "fail"),
          Map.of(
              "linger",
              "2ms",
              "compression",
              "gzip",
              "overflow",
              "drop-oldest",
              "memory",
              "600KB"));

  private final long seed = Long.getLong("ottla.seed", new Random().nextLong());
  private final FakeCluster fake =
      FakeCluster.builder()
          .brokers(3)
          .topic("orders", 6)
          .topic("bills", 3)
          .config("auto.create.topics.enable", "false")
          .start();
  private final SentLedger ledger = new SentLedger();

  @Test
  @Scenario({"G2", "G3", "G4", "G5", "G6", "G8", "G9", "G14", "G29"})
  void what_was_acknowledged_is_there_once_and_in_order() throws Exception {
    System.out.println("ProducerChaosTest: -Dottla.seed=" + seed);
    Random random = new Random(seed);
    List<Producer<String, String>> producers = new ArrayList<>();
    for (Map<String, String> policy : POLICIES) {
      producers.add(open(policy, producers.size()));
    }
    AtomicBoolean goesOn = new AtomicBoolean(true);
    List<Thread> senders = startSenders(producers, random, goesOn);

    FakeTrouble trouble = new FakeTrouble(fake, random);
    long endNanos = System.nanoTime() + TROUBLE.toNanos();
    while (System.nanoTime() < endNanos) {
      trouble.makeSome();
      pause(1 + random.nextInt(15));
      fake.requests().clear();
    }
    goesOn.set(false);
    trouble.end();
    endAll(senders, producers);

    await().atMost(PATIENCE).until(ledger::isSettled);
    ledger.check(fake, "-Dottla.seed=" + seed);
    assertThat(fake.refusals()).isEmpty();
    fake.close();
    Warnings.take(line -> true);
  }

  private Producer<String, String> open(Map<String, String> policy, int number) {
    ProducerBuilder<String, String> builder =
        Ottla.producer(fake.bootstrapServers())
            .keys(FakeProducerTestBase.TEXT)
            .values(FakeProducerTestBase.TEXT)
            .set("client.id", "producer-" + number)
            .set("request.timeout", "300ms")
            .set("delivery.timeout", "30s")
            .set("retry.backoff", "2ms")
            .set("retry.backoff.max", "20ms")
            .set("reconnect.backoff", "1ms")
            .set("reconnect.backoff.max", "20ms")
            .onReport(ledger::onReport);
    policy.forEach(builder::set);
    return builder.start();
  }

  private List<Thread> startSenders(
      List<Producer<String, String>> producers, Random random, AtomicBoolean goesOn) {
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < producers.size() * THREADS; i++) {
      ChaosSender sender =
          new ChaosSender(
              producers.get(i / THREADS), ledger, "s" + i, new Random(random.nextLong()), goesOn);
      Thread thread = new Thread(sender, "sender-" + i);
      thread.start();
      senders.add(thread);
    }
    return senders;
  }

  private static void endAll(List<Thread> senders, List<Producer<String, String>> producers)
      throws Exception {
    for (Thread sender : senders) {
      sender.join(PATIENCE.toMillis());
      assertThat(sender.isAlive()).as("%s has ended", sender.getName()).isFalse();
    }
    for (Producer<String, String> producer : producers) {
      CompletableFuture<Void> flushed = producer.flush();
      flushed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    for (Producer<String, String> producer : producers) {
      producer.close(PATIENCE);
      FakeProducerTestBase.assertHoldsNothing(producer);
    }
  }

  /** The rhythm of the trouble, which is no synchronisation of anything. */
  private static void pause(int millis) {
    java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
