package io.ottla.cli.cluster;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.error.OttlaException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who leads the partitions of a topic, asked again when somebody was found not to.
 *
 * <p>Thread: one at a time; it waits for the answer.
 */
public final class Leaders {
  private final Cluster cluster;
  private TopicView view;
  private boolean isDoubted;
  private @Nullable String problem;

  public Leaders(Cluster cluster, TopicView view) {
    this.cluster = cluster;
    this.view = view;
  }

  public String topic() {
    return view.name();
  }

  /** The topic's id, or zero. */
  public UUID topicId() {
    return view.id();
  }

  /** The leader of a partition, or {@link TopicView#NO_LEADER}; then {@link #problem} says why. */
  public int of(int partition) throws InterruptedException {
    if (isDoubted) {
      refresh();
    }
    return problem == null ? view.leader(partition) : TopicView.NO_LEADER;
  }

  /** Why there is no leader. */
  public String problem() {
    return problem == null ? "it has no leader now" : problem;
  }

  /** What is known, if anything, was wrong: it is asked for again before it is used again. */
  public void doubt() {
    isDoubted = true;
  }

  private void refresh() throws InterruptedException {
    isDoubted = false;
    try {
      view = cluster.topic(view.name());
      problem = null;
    } catch (OttlaException | CommandFailedException e) {
      problem = e.getMessage();
    }
  }
}
