package io.ottla.cli.bench;

import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.TopicCreation;
import io.ottla.cli.cluster.TopicView;
import io.ottla.cli.produce.Deliveries;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.producer.Producer;
import io.ottla.serde.Serializers;
import io.ottla.testkit.load.LoadFigures;
import io.ottla.testkit.load.LoadPlan;
import io.ottla.testkit.load.LoadRun;
import java.time.Duration;
import java.util.Locale;

/** Writes made-up records to a topic, and prints how fast that went and what it cost. */
public final class ProduceBenchTask {
  private final ProduceBenchOrder order;
  private final Terminal terminal;
  private final Deliveries failures = new Deliveries();

  public ProduceBenchTask(ProduceBenchOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  /** Prints the figures, also when records failed. */
  public void run() throws InterruptedException {
    Producer<byte[], byte[]> producer = order.producer().open(Serializers.bytes(), failures);
    try {
      measure(producer);
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private void measure(Producer<byte[], byte[]> producer) throws InterruptedException {
    TopicView topic = topic();
    if (terminal.look().isLive()) {
      terminal.say(announcement(order.plan()));
    }
    LoadFigures figures =
        LoadRun.of(order.plan()).run(new OttlaLoad(producer, order.topic(), failures));
    ProduceFigures printed = new ProduceFigures(figures, order, topic.partitions());
    if (order.isJson()) {
      terminal.out().line(printed.json());
    } else {
      printed.table().forEach(terminal.out()::line);
    }
    terminal.out().flush();
    if (figures.failed() > 0) {
      throw new CommandFailedException(ExitCode.FAILED, complaint());
    }
  }

  private TopicView topic() throws InterruptedException {
    try (Cluster cluster = Cluster.connect(order.producer().bootstrap())) {
      Integer partitions = order.partitions();
      if (partitions != null) {
        new TopicCreation(cluster).createIfMissing(order.topic(), partitions);
      }
      TopicView topic = cluster.topic(order.topic());
      if (partitions != null && topic.partitions() != partitions) {
        throw new CommandFailedException(
            ExitCode.REFUSED,
            String.format(
                Locale.ROOT,
                "topic '%s' is there already, with %,d partitions and not %,d",
                order.topic(),
                topic.partitions(),
                partitions));
      }
      return topic;
    }
  }

  private String complaint() {
    long sent = order.plan().warmUpRecords() + order.plan().records();
    return failures.headline(sent - failures.failed());
  }

  private static String announcement(LoadPlan plan) {
    return String.format(
        Locale.ROOT,
        "sending %,d records to warm up, then %,d of %,d bytes",
        plan.warmUpRecords(),
        plan.records(),
        plan.recordBytes());
  }
}
