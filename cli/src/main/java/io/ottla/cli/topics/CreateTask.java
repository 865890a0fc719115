package io.ottla.cli.topics;

import io.ottla.admin.Completion;
import io.ottla.admin.CreatedTopic;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.terminal.JsonLine;
import io.ottla.cli.terminal.Terminal;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ErrorCode;
import java.util.Optional;

/** Creates topics. */
public final class CreateTask {
  private final CreateOrder order;
  private final Terminal terminal;

  public CreateTask(CreateOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    try (Cluster cluster = Cluster.connect(order.bootstrap())) {
      Outcomes<String, CreatedTopic> outcomes =
          Answers.await(
              cluster
                  .admin()
                  .topics()
                  .create(
                      order.topics(),
                      order.onlyChecks() ? Completion.CHECK_ONLY : Completion.VISIBLE));
      Failures failures = new Failures(terminal);
      outcomes.all().forEach((name, outcome) -> tell(name, outcome, failures));
      failures.throwLast();
    }
  }

  private void tell(String name, Outcome<CreatedTopic> outcome, Failures failures) {
    OttlaException failure = outcome.failure();
    if (failure == null) {
      tellCreated(outcome.orThrow());
    } else if (order.ifNotExists()
        && failure.errorCode().equals(Optional.of(ErrorCode.TOPIC_ALREADY_EXISTS))) {
      terminal.say("topic " + name + " is there already, and stays as it is");
    } else {
      failures.add(failure);
    }
  }

  private void tellCreated(CreatedTopic topic) {
    if (order.isJson()) {
      terminal
          .out()
          .line(
              new JsonLine(order.onlyChecks() ? "checked" : "created")
                  .text("topic", topic.name())
                  .text("id", topic.id().map(Object::toString).orElse(null))
                  .number("partitions", topic.partitions())
                  .number("replicas", topic.replicas())
                  .end());
    } else {
      terminal.say(
          "topic "
              + topic.name()
              + (order.onlyChecks() ? " could be created" : " created")
              + numbers(topic));
    }
  }

  /** Brokers before 2.4 do not say how many. */
  private static String numbers(CreatedTopic topic) {
    return topic.partitions() < 0
        ? ""
        : ": " + count(topic.partitions(), "partition") + ", " + count(topic.replicas(), "replica");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
