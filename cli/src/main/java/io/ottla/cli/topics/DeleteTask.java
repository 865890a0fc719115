package io.ottla.cli.topics;

import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.JsonLine;
import io.ottla.cli.terminal.Terminal;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ErrorCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deletes topics, if the user is sure. */
public final class DeleteTask {
  private final DeleteOrder order;
  private final Terminal terminal;

  public DeleteTask(DeleteOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    requireThatSomebodyIsSure();
    try (Cluster cluster = Cluster.connect(order.bootstrap())) {
      if (!order.isSure() && !isConfirmed(cluster)) {
        throw new CommandFailedException(ExitCode.FAILED, "nothing was deleted");
      }
      Outcomes<String, Void> outcomes =
          Answers.await(cluster.admin().topics().delete(order.topics()));
      Failures failures = new Failures(terminal);
      for (Map.Entry<String, Outcome<Void>> entry : outcomes.all().entrySet()) {
        tell(cluster, entry.getKey(), entry.getValue().failure(), failures);
      }
      failures.throwLast();
    }
  }

  private void requireThatSomebodyIsSure() {
    if (!order.isSure() && !terminal.look().isLive()) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "deleting needs --yes where nobody can be asked (see 'ottla topics delete --help')");
    }
  }

  private boolean isConfirmed(Cluster cluster) {
    String what =
        order.topics().size() == 1
            ? "topic " + order.topics().get(0) + " with all its records"
            : order.topics().size() + " topics with all their records";
    return terminal.confirms("delete " + what + " from " + cluster.name() + "?");
  }

  private void tell(
      Cluster cluster, String name, @Nullable OttlaException failure, Failures failures)
      throws InterruptedException {
    if (failure == null) {
      tellDeleted(name);
    } else if (order.ifExists()
        && failure.errorCode().equals(Optional.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))) {
      terminal.say("there is no topic " + name + ", so there is nothing to delete");
    } else {
      failures.add(cluster.explained(name, failure));
    }
  }

  private void tellDeleted(String name) {
    if (order.isJson()) {
      terminal.out().line(new JsonLine("deleted").text("topic", name).end());
    } else {
      terminal.say("topic " + name + " deleted");
    }
  }
}
