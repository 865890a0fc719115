package io.ottla.cli.demo;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.PartitionOffsets;
import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.cli.cluster.TopicView;
import io.ottla.cli.consume.TopicReader;
import io.ottla.cli.format.Span;
import io.ottla.cli.lines.Block;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.lines.LineSink;
import io.ottla.cli.lines.LineSplitter;
import io.ottla.cli.produce.Deliveries;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.Display;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.producer.Producer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream to a topic, and reads it back at the same time.
 *
 * <p>Owns: the thread that reads. Thread: writes on the caller's.
 */
final class RoundTrip {
  private static final int MAX_LINE_BYTES = 64 << 20;
  private static final long UNKNOWN = -1;

  private final ProducerSetup producer;
  private final Cluster cluster;
  private final String topic;
  private final DemoOrder order;
  private final @Nullable InputBlocks input;
  private final Deliveries deliveries = new Deliveries();
  private final Meter written = new Meter();
  private final Meter read = new Meter();
  private final CheckingSink sink = new CheckingSink(read);

  RoundTrip(
      ProducerSetup producer,
      Cluster cluster,
      String topic,
      DemoOrder order,
      @Nullable InputBlocks input) {
    this.producer = producer;
    this.cluster = cluster;
    this.topic = topic;
    this.order = order;
    this.input = input;
  }

  Verdict run(Terminal terminal) throws InterruptedException {
    TopicView view = cluster.topic(topic);
    Collection<Integer> partitions = view.leaders().keySet();
    PartitionOffsets offsets = new PartitionOffsets(cluster, topic);
    TopicReader reader = new TopicReader(cluster, view, offsets.beginnings(partitions));
    CompletableFuture<Void> reading = new CompletableFuture<>();
    Thread thread = new Thread(() -> read(reader, reading), "ottla-reader");
    Progress progress = new Progress("written", written, input == null ? order.count() : UNKNOWN);
    Progress back = new Progress("read", read, input == null ? order.count() : UNKNOWN);
    Producer<Span, Span> writer = producer.open(Span.serializer(), deliveries);
    try (Display display = Display.of(terminal, List.of(progress, back))) {
      display.begin();
      thread.start();
      StampedWriter stamped = new StampedWriter(writer.channel(), topic, deliveries, written);
      write(writer, stamped);
      progress.total(written.records());
      back.total(written.records());
      reader.stopAt(offsets.ends(partitions));
      Answers.await(reading);
      read.end();
      return Verdict.of(written, stamped, read, sink);
    } finally {
      thread.interrupt();
      writer.close(Duration.ZERO);
    }
  }

  private void write(Producer<Span, Span> writer, StampedWriter stamped)
      throws InterruptedException {
    if (input == null) {
      writeOrders(stamped);
    } else {
      writeLines(input, stamped);
    }
    Object unused = Answers.await(writer.flush());
    written.end();
    if (deliveries.failed() > 0) {
      throw new CommandFailedException(ExitCode.FAILED, deliveries.headline());
    }
  }

  private void writeOrders(StampedWriter stamped) throws InterruptedException {
    OrderEvents events = new OrderEvents(order.seed());
    boolean goesOn = true;
    for (long i = 0; i < order.count() && goesOn; i++) {
      byte[] event = events.next();
      goesOn = stamped.write(events.customer(), event, 0, event.length);
    }
  }

  private static void writeLines(InputBlocks input, StampedWriter stamped)
      throws InterruptedException {
    LineSplitter splitter = new LineSplitter(MAX_LINE_BYTES);
    LineSink<RuntimeException> sink =
        (bytes, offset, length) -> {
          boolean unused =
              stamped.write((int) (splitter.lines() % Keys.COUNT), bytes, offset, length);
        };
    for (Block block = input.take(); block != null; block = input.take()) {
      splitter.feed(block.bytes(), block.length(), sink);
      if (block.isLastOfFile()) {
        splitter.end(sink);
      }
      input.giveBack(block);
    }
  }

  private void read(TopicReader reader, CompletableFuture<Void> reading) {
    try {
      reader.read(sink);
      reading.complete(null);
    } catch (Throwable e) {
      reading.completeExceptionally(e);
    }
  }
}
