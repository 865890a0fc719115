package io.ottla.cli.demo;

import io.ottla.cli.broker.DevelopmentServer;
import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.cli.cluster.TopicCreation;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.produce.ProduceTask;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.testkit.KafkaServer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the main job on a real broker and proves it: all that is written comes back, once, in order.
 */
public final class DemoTask {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String TOPIC = "ottla-demo";
  private static final int PARTITIONS = 4;

  private final DemoOrder order;
  private final Terminal terminal;

  public DemoTask(DemoOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    try (@Nullable InputBlocks input =
        order.files().isEmpty() ? null : InputBlocks.open(order.files(), terminal.in())) {
      terminal.say("starting a Kafka broker");
      long began = System.nanoTime();
      try (KafkaServer server = DevelopmentServer.start(0, null)) {
        terminal.say(
            String.format(
                Locale.ROOT,
                "Kafka %s on %s after %.1f s",
                server.version().line(),
                server.bootstrapServers(),
                (System.nanoTime() - began) / 1e9));
        judge(run(server, input));
      }
    }
  }

  private Verdict run(KafkaServer server, @Nullable InputBlocks input) throws InterruptedException {
    Bootstrap bootstrap = Bootstrap.of(server.bootstrapServers(), TIMEOUT);
    try (Cluster cluster = Cluster.connect(bootstrap)) {
      new TopicCreation(cluster).create(TOPIC, PARTITIONS, 1);
      terminal.say(
          input == null
              ? String.format(
                  Locale.ROOT,
                  "streaming %,d orders of %,d customers through %s, %d partitions",
                  order.count(),
                  Keys.COUNT,
                  TOPIC,
                  PARTITIONS)
              : "streaming " + String.join(", ", order.files()) + " through " + TOPIC);
      ProducerSetup producer =
          new ProducerSetup(bootstrap, ProduceTask.usualOptions(), Map.of("compression", codec()));
      return new RoundTrip(producer, cluster, TOPIC, order, input).run(terminal);
    }
  }

  private String codec() {
    return order.compression().codec().name().toLowerCase(Locale.ROOT);
  }

  private void judge(Verdict verdict) {
    verdict.table().forEach(terminal.out()::line);
    terminal.out().flush();
    if (!verdict.isPerfect()) {
      throw new CommandFailedException(ExitCode.FAILED, verdict.complaint());
    }
    terminal.say("every record came back once, unchanged, in the order of its key");
  }
}
