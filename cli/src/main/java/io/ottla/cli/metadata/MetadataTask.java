package io.ottla.cli.metadata;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.message.MetadataResponse;

/** Prints what a cluster says about its brokers and topics. */
public final class MetadataTask {
  private final Bootstrap bootstrap;
  private final boolean isJson;
  private final Terminal terminal;

  /**
   * Prepares the task.
   *
   * @param isJson whether to print JSON, one line per thing, in place of tables
   */
  public MetadataTask(Bootstrap bootstrap, boolean isJson, Terminal terminal) {
    this.bootstrap = bootstrap;
    this.isJson = isJson;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    try (Cluster cluster = Cluster.connect(bootstrap)) {
      MetadataResponse metadata = cluster.metadataOfAllTopics();
      (isJson ? MetadataLines.json(metadata) : MetadataLines.tables(metadata))
          .forEach(terminal.out()::line);
    }
  }
}
