package io.ottla.cli.topics;

import io.ottla.admin.TopicDescription;
import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.terminal.Terminal;
import java.util.List;

/** Lists topics. */
public final class ListTask {
  private final Bootstrap bootstrap;
  private final boolean withInternal;
  private final boolean isJson;
  private final Terminal terminal;

  /**
   * Prepares the task.
   *
   * @param withInternal whether those that Kafka keeps for itself are listed too
   */
  public ListTask(Bootstrap bootstrap, boolean withInternal, boolean isJson, Terminal terminal) {
    this.bootstrap = bootstrap;
    this.withInternal = withInternal;
    this.isJson = isJson;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    try (Cluster cluster = Cluster.connect(bootstrap)) {
      List<TopicDescription> topics =
          Answers.await(cluster.admin().topics().list()).stream()
              .filter(topic -> withInternal || !topic.isInternal())
              .toList();
      if (isJson) {
        topics.forEach(topic -> terminal.out().line(TopicLines.json(topic)));
      } else if (topics.isEmpty()) {
        terminal.say("there are no topics on " + cluster.name());
      } else {
        TopicLines.table(topics).forEach(terminal.out()::line);
      }
    }
  }
}
