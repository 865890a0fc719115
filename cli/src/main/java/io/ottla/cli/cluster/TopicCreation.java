package io.ottla.cli.cluster;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;

/** Makes a topic, and waits until each of its partitions has a leader. */
public final class TopicCreation {
  private final Cluster cluster;

  public TopicCreation(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Creates a topic.
   *
   * @return false if there was one of that name already, which is left as it is
   */
  public boolean create(String topic, int partitions, int replicas) throws InterruptedException {
    CreateTopicsRequest.CreatableTopic wanted =
        new CreateTopicsRequest.CreatableTopic()
            .name(topic)
            .numPartitions(partitions)
            .replicationFactor((short) replicas);
    CreateTopicsRequest request =
        new CreateTopicsRequest()
            .topics(List.of(wanted))
            .timeoutMs((int) cluster.timeout().toMillis());
    Patience patience = new Patience(cluster.timeout());
    while (true) {
      CreateTopicsResponse.CreatableTopicResult result = cluster.ask(request).topics().get(0);
      ErrorCode error = ErrorCode.of(result.errorCode());
      if (error == ErrorCode.NONE) {
        awaitLeaders(topic, partitions, patience);
        return true;
      }
      if (error == ErrorCode.TOPIC_ALREADY_EXISTS) {
        return false;
      }
      if (!error.isRetriable() || patience.isExhausted()) {
        throw Answers.refusal(
            "topic '" + topic + "' was not created", error, result.errorMessage());
      }
      patience.pause();
    }
  }

  private void awaitLeaders(String topic, int partitions, Patience patience)
      throws InterruptedException {
    while (!hasLeaders(topic, partitions)) {
      if (patience.isExhausted()) {
        throw new CommandFailedException(
            ExitCode.REFUSED,
            "topic '" + topic + "' was created, but its partitions got no leaders");
      }
      patience.pause();
    }
  }

  private boolean hasLeaders(String topic, int partitions) throws InterruptedException {
    try {
      TopicView view = cluster.topic(topic);
      return view.partitions() == partitions && !view.leaders().containsValue(TopicView.NO_LEADER);
    } catch (CommandFailedException e) {
      if (e.exitCode() == ExitCode.REFUSED) {
        return false; // The broker that was asked has not heard of it yet.
      }
      throw e;
    }
  }
}
