package io.ottla.cli.produce;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.format.Span;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.Display;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.producer.Producer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes lines to a topic: each line is a record. */
public final class ProduceTask {
  private static final Duration FAREWELL = Duration.ofSeconds(5);
  private static final long MOST_MEMORY_BYTES = 192 << 20;

  private final ProduceOrder order;
  private final Terminal terminal;
  private final Deliveries deliveries = new Deliveries();
  private final Places places;

  public ProduceTask(ProduceOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
    this.places = new Places(order.files());
  }

  /**
   * What producers of lines are like if nobody says otherwise: a line may be as long as a line may
   * be, and no topic is made that was mistyped.
   */
  public static Map<String, String> usualOptions() {
    long memory = Math.min(MOST_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / 2);
    return Map.of(
        "topics.create", "false", "memory", String.valueOf(memory), "record.max.bytes", "65MiB");
  }

  /** Writes all input; returns when every record is acknowledged. */
  public void run() throws InterruptedException {
    try (InputBlocks input = InputBlocks.open(order.files(), terminal.in())) {
      Producer<Span, Span> producer = order.producer().open(Span.serializer(), deliveries);
      try {
        checkTopic();
        write(input, producer);
      } finally {
        producer.close(Duration.ZERO);
      }
    }
  }

  /** Whoever mistyped a name or a password shall hear so before anything is sent. */
  private void checkTopic() throws InterruptedException {
    Integer partition = order.additions().partition();
    try (Cluster cluster = Cluster.connect(order.producer().bootstrap())) {
      cluster.topic(order.topic()).check(partition == null ? 0 : Math.max(0, partition));
    }
  }

  private void write(InputBlocks input, Producer<Span, Span> producer) throws InterruptedException {
    CommandFailedException badInput;
    try (@Nullable Display display = display()) {
      if (display != null) {
        display.begin();
      }
      badInput = feed(input, producer);
      Object unused = Answers.await(producer.flush());
    } catch (InterruptedException e) {
      producer.close(FAREWELL);
      sayFarewell();
      throw e;
    }
    report();
    if (badInput != null) {
      throw badInput;
    }
  }

  /** Returns what was wrong with the input: what came before is delivered all the same. */
  private @Nullable CommandFailedException feed(InputBlocks input, Producer<Span, Span> producer)
      throws InterruptedException {
    Pace pace = Pace.of(order.ratePerSecond());
    try {
      new Feed(order, producer.channel(), deliveries, pace, places).run(input);
      return null;
    } catch (StoppedException e) {
      return null; // Why is among the losses.
    } catch (CommandFailedException e) {
      return e;
    }
  }

  private @Nullable Display display() {
    boolean isInTheWay = terminal.isTyped() && order.readsStandardInput();
    return order.isQuiet() || isInTheWay
        ? null
        : Display.ofLong(terminal, List.of(new DeliveryProgress(deliveries)));
  }

  private void report() {
    if (!deliveries.losses().areNone()) {
      throw new CommandFailedException(
          ExitCode.FAILED, losses() + (order.keepsGoing() ? "" : "; no more input was read"));
    }
  }

  private void sayFarewell() {
    terminal.say(
        deliveries.losses().areNone()
            ? String.format(Locale.ROOT, "interrupted after %,d records", deliveries.delivered())
            : losses());
  }

  /** Says each reason, if there are several; returns the sum. */
  private String losses() {
    deliveries.losses().details(places::describe).forEach(terminal::say);
    return deliveries.losses().headline(deliveries.delivered(), places::describe);
  }
}
