package io.ottla.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits for nodes whose processes were just started. If that fails, it ends those processes and
 * says why.
 */
final class Readiness {
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);

  private final List<KafkaNode> nodes;
  private final Deadline deadline;

  /** The reason why the latest probe did not succeed; null if the node answered. */
  private @Nullable IOException lastRefusal;

  Readiness(List<KafkaNode> nodes, Duration patience) {
    this.nodes = nodes;
    this.deadline = Deadline.in(patience);
  }

  /** Until each of the nodes answers and sees all these brokers. */
  void await(Set<Integer> brokers) {
    awaitEach(node -> node.sees(brokers), "was not ready");
  }

  /** Until each of the nodes accepts connections of other nodes. */
  void awaitListeningForNodes() {
    awaitEach(KafkaNode::listensForNodes, "did not listen for other nodes");
  }

  private void awaitEach(Probe probe, String otherwise) {
    try {
      for (KafkaNode node : nodes) {
        while (!succeeds(probe, node)) {
          if (deadline.isOver()) {
            throw node.failure(otherwise + " after " + deadline.elapsedText(), lastRefusal);
          }
          checkAllRun();
        }
      }
    } catch (InterruptedException e) {
      endAll();
      Thread.currentThread().interrupt();
      throw new KafkaServerException("interrupted while waiting for Kafka to be ready", e);
    } catch (RuntimeException e) {
      endAll();
      throw e;
    }
  }

  private boolean succeeds(Probe probe, KafkaNode node) {
    try {
      lastRefusal = null;
      return probe.ask(node);
    } catch (IOException e) {
      lastRefusal = e;
      return false;
    }
  }

  /** All, not only the one that is asked: a node without the others may never be ready. */
  private void checkAllRun() throws InterruptedException {
    Duration patience = BETWEEN_PROBES.dividedBy(nodes.size());
    for (KafkaNode node : nodes) {
      if (node.awaitExit(patience)) {
        throw node.endedEarly(deadline.elapsedText());
      }
    }
  }

  private void endAll() {
    List<NodeProcess> processes =
        nodes.stream().map(KafkaNode::currentProcess).filter(process -> process != null).toList();
    NodeProcess.endAll(processes, Duration.ZERO);
  }

  @FunctionalInterface
  private interface Probe {
    boolean ask(KafkaNode node) throws IOException;
  }
}
