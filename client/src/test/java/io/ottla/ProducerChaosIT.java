package io.ottla;

import static io.ottla.testkit.KafkaServer.PLAINTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.chaos.Fate;
import io.ottla.chaos.Findings;
import io.ottla.chaos.Leaders;
import io.ottla.chaos.Ledger;
import io.ottla.chaos.LogCheck;
import io.ottla.chaos.LogReader;
import io.ottla.chaos.Mischief;
import io.ottla.chaos.Sender;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.proxy.FaultProxies;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three real brokers behind proxies; leaders move, nodes are killed and started again, connections
 * are cut every second, while two producers send: one that waits for as long as it takes, and one
 * in a hurry, of whose records some end unknown. In the end each log is held against the ledger.
 *
 * <p>Lasts as long as the system property {@code ottla.chaos.seconds} says: a minute, or half an
 * hour in the profile {@code chaos}. The seed is printed; {@code -Dottla.seed} sets it.
 */
@Tag("chaos")
@Timeout(value = 45, unit = TimeUnit.MINUTES)
final class ProducerChaosIT {
  private static final int PARTITIONS = 6;
  private static final int SENDERS = 4;
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("ottla.chaos.seconds", 60));
  private static final Duration END = Duration.ofMinutes(3);
  private static final String DIRECT = "DIRECT";

  private final long seed = Long.getLong("ottla.seed", System.nanoTime());
  private final Findings findings = new Findings();

  /** One producer, its topic, and what was sent to it. */
  private final class Party {
    final String topic;
    final Ledger ledger;
    final Producer<byte[], byte[]> producer;
    final LogCheck check;

    Party(int id, String topic, String servers, Overflow overflow, Map<String, String> options) {
      this.topic = topic;
      this.ledger = new Ledger(id, SENDERS, findings);
      this.check = new LogCheck(ledger, PARTITIONS);
      ProducerBuilder<byte[], byte[]> builder =
          Ottla.producer(servers)
              .overflow(overflow)
              .onReport(Sender.overhearing(ledger))
              .set("client.id", topic);
      options.forEach(builder::set);
      this.producer = builder.start();
    }

    void begin(ScheduledExecutorService threads) {
      for (int id = 0; id < SENDERS; id++) {
        Sender sender = new Sender(producer, topic, PARTITIONS, ledger, id, seed);
        var unused = threads.scheduleWithFixedDelay(sender, 10 + id, 10, TimeUnit.MILLISECONDS);
      }
    }

    void end(String servers) throws Exception {
      producer.flush().get(END.toSeconds(), TimeUnit.SECONDS);
      producer.close(END);
      ledger.settle();
      LogReader.read(servers, topic, PARTITIONS, check);
      check.finish();
    }

    @Override
    public String toString() {
      return "%s: %d records sent, %d acked (%d without offset), %d unknown (%d of them written), %d failed, %d not taken; log: %d records, %d keyless ones overtaken"
          .formatted(
              topic,
              ledger.sent(),
              ledger.count(Fate.ACKED),
              ledger.withoutOffset(),
              ledger.count(Fate.UNKNOWN),
              check.unknownWritten(),
              ledger.count(Fate.FAILED),
              ledger.count(Fate.NOT_TAKEN),
              check.records(),
              check.overtaken());
    }
  }

  private Party patient(String servers) {
    Map<String, String> options =
        Map.of("delivery.timeout", "40m", "memory", "4MB", "compression", "lz4");
    return new Party(1, "patient", servers, Overflow.block(Duration.ofMinutes(40)), options);
  }

  private Party hasty(String servers) {
    Map<String, String> options =
        Map.of(
            "delivery.timeout", "1500ms",
            "request.timeout", "700ms",
            "linger", "0ms",
            "memory", "1MB",
            "batch.bytes", "16KB");
    return new Party(2, "hasty", servers, Overflow.fail(), options);
  }

  private static KafkaServer startServer(FaultProxies proxies) {
    return KafkaServer.builder()
        .nodes(3)
        .listener(DIRECT, PLAINTEXT)
        .advertised(
            (node, listener, port) ->
                listener.equals(PLAINTEXT)
                    ? proxies.of(node, listener, port)
                    : InetSocketAddress.createUnresolved("localhost", port))
        .property("broker.session.timeout.ms", "3000")
        .property("broker.heartbeat.interval.ms", "500")
        .property("replica.lag.time.max.ms", "5000")
        .start();
  }

  @Test
  @Scenario({"L9", "L43", "L44", "L45"})
  void what_is_acknowledged_is_in_the_log_once_and_in_order_whatever_happens() throws Exception {
    System.out.println("chaos for " + LENGTH + ", -Dottla.seed=" + seed);
    try (FaultProxies proxies = FaultProxies.create();
        KafkaServer kafka = startServer(proxies);
        Leaders leaders =
            new Leaders(kafka.bootstrapServers(DIRECT), PARTITIONS, List.of("patient", "hasty"))) {
      Mischief mischief = new Mischief(kafka, proxies, leaders, seed);
      List<Party> parties =
          List.of(patient(kafka.bootstrapServers()), hasty(kafka.bootstrapServers()));

      run(parties, mischief);

      for (Party party : parties) {
        party.end(kafka.bootstrapServers(DIRECT));
      }
      tell(parties, mischief);
      assertThat(findings.kinds()).as("seed " + seed + "\n" + findings).isEmpty();
      expectEnough(parties, mischief);
    }
    Warnings.take(line -> line.contains(" WARN "));
  }

  private static void run(List<Party> parties, Mischief mischief) throws Exception {
    ScheduledExecutorService threads =
        Executors.newScheduledThreadPool(
            parties.size() * SENDERS, task -> new Thread(task, "chaos-sender"));
    parties.forEach(party -> party.begin(threads));
    mischief.begin();
    try {
      assertThat(threads.awaitTermination(LENGTH.toSeconds(), TimeUnit.SECONDS)).isFalse();
    } finally {
      mischief.end();
      threads.shutdown();
      assertThat(threads.awaitTermination(END.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void tell(List<Party> parties, Mischief mischief) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("chaos for " + LENGTH + ": " + mischief);
    parties.forEach(party -> lines.add(party.toString()));
    lines.forEach(System.out::println);
    Path report = Files.createDirectories(Path.of("target/reports")).resolve("producer-chaos.txt");
    Files.write(report, lines);
  }

  /** A run in which nothing happened proves nothing. */
  private static void expectEnough(List<Party> parties, Mischief mischief) {
    assertThat(mischief.faults("nodes killed")).isPositive();
    assertThat(mischief.faults("leaders moved")).isPositive();
    assertThat(mischief.faults()).isGreaterThan((int) LENGTH.toSeconds() / 3);
    Ledger patient = parties.get(0).ledger;
    assertThat(patient.count(Fate.ACKED)).isPositive();
    assertThat(patient.count(Fate.UNKNOWN) + patient.count(Fate.FAILED)).isZero();
    assertThat(parties.get(1).ledger.count(Fate.ACKED)).isPositive();
  }
}
