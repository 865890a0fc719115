package io.ottla.cli.broker;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.TopicCreation;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.testkit.KafkaServer;
import java.time.Duration;

/** Runs a Kafka of one node until it is interrupted. */
public final class BrokerTask {
  private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(30);
  private static final long WATCH_MS = 500;

  private final BrokerOrder order;
  private final Terminal terminal;

  public BrokerTask(BrokerOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    try (KafkaServer server = DevelopmentServer.start(order.port(), order.data())) {
      createTopics(server);
      terminal.say("Kafka " + server.version().line() + " is ready; Ctrl-C stops it");
      terminal.say("its data and log: " + server.dataDirectory());
      terminal.out().line(server.bootstrapServers());
      terminal.out().flush();
      while (server.node(1).isRunning()) {
        Thread.sleep(WATCH_MS);
      }
      throw new CommandFailedException(ExitCode.FAILED, "the broker ended by itself");
    }
  }

  private void createTopics(KafkaServer server) throws InterruptedException {
    if (order.topics().isEmpty()) {
      return;
    }
    Bootstrap bootstrap = Bootstrap.of(server.bootstrapServers(), TOPIC_TIMEOUT);
    try (Cluster cluster = Cluster.connect(bootstrap)) {
      TopicCreation creation = new TopicCreation(cluster);
      for (TopicSpec topic : order.topics()) {
        if (!creation.create(topic.name(), topic.partitions(), 1)) {
          terminal.say("topic '" + topic.name() + "' is there already, and stays as it is");
        }
      }
    }
  }
}
