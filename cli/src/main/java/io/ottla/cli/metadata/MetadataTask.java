package io.ottla.cli.metadata;

import io.ottla.admin.ClusterDescription;
import io.ottla.admin.TopicDescription;
import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
      CompletableFuture<List<TopicDescription>> listed = cluster.admin().topics().list();
      ClusterDescription described = Answers.await(cluster.admin().describeCluster());
      List<TopicDescription> topics = Answers.await(listed);
      (isJson ? MetadataLines.json(described, topics) : MetadataLines.tables(described, topics))
          .forEach(terminal.out()::line);
    }
  }
}
