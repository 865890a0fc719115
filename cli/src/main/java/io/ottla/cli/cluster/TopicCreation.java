package io.ottla.cli.cluster;

import io.ottla.admin.NewTopic;
import io.ottla.error.RefusedException;
import io.ottla.protocol.message.ErrorCode;
import java.util.Optional;

/** Makes a topic, unless it is there. */
public final class TopicCreation {
  private final Cluster cluster;

  public TopicCreation(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Creates a topic, and waits until each of its partitions has a leader.
   *
   * @return false if there was one of that name already, which is left as it is
   */
  public boolean create(String topic, int partitions, int replicas) throws InterruptedException {
    NewTopic wanted = NewTopic.topic(topic, partitions).withReplicas(replicas);
    try {
      Object unused = Answers.await(cluster.admin().topics().create(wanted));
      return true;
    } catch (RefusedException e) {
      if (e.errorCode().equals(Optional.of(ErrorCode.TOPIC_ALREADY_EXISTS))) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Creates a topic if there is none of that name, with as many replicas as the brokers are set up
   * for. Who may not create topics may still have one that is there.
   */
  public void createIfMissing(String topic, int partitions) throws InterruptedException {
    try {
      Object unused = Answers.await(cluster.admin().topics().describe(topic));
    } catch (RefusedException e) {
      if (!e.errorCode().equals(Optional.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))) {
        throw e;
      }
      boolean unused = create(topic, partitions, NewTopic.BROKERS_DEFAULT);
    }
  }
}
