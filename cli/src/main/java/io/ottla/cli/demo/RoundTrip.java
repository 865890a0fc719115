package io.ottla.cli.demo;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.PartitionOffsets;
import io.ottla.cli.cluster.TopicView;
import io.ottla.cli.consume.TopicReader;
import io.ottla.cli.lines.Block;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.lines.LineSink;
import io.ottla.cli.lines.LineSplitter;
import io.ottla.cli.produce.TopicWriter;
import io.ottla.cli.produce.WriteFailedException;
import io.ottla.cli.produce.WriteReport;
import io.ottla.cli.produce.WriteSettings;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream to a topic, and reads it back at the same time.
 *
 * <p>Owns: the thread that reads. Thread: writes on the caller's.
 */
final class RoundTrip {
  private static final int MAX_LINE_BYTES = 64 << 20;
  private static final long LINGER_MS = 5;
  private static final long UNKNOWN = -1;

  private final Cluster forWriting;
  private final Cluster forReading;
  private final String topic;
  private final DemoOrder order;
  private final @Nullable InputBlocks input;
  private final Meter written = new Meter();
  private final Meter read = new Meter();
  private final CheckingSink sink = new CheckingSink(read);

  RoundTrip(
      Cluster forWriting,
      Cluster forReading,
      String topic,
      DemoOrder order,
      @Nullable InputBlocks input) {
    this.forWriting = forWriting;
    this.forReading = forReading;
    this.topic = topic;
    this.order = order;
    this.input = input;
  }

  Verdict run(Terminal terminal) throws InterruptedException {
    TopicView view = forWriting.topic(topic);
    Collection<Integer> partitions = view.leaders().keySet();
    PartitionOffsets offsets = new PartitionOffsets(forWriting, topic);
    TopicReader reader = new TopicReader(forReading, view, offsets.beginnings(partitions));
    CompletableFuture<Void> reading = new CompletableFuture<>();
    Thread thread = new Thread(() -> read(reader, reading), "ottla-reader");
    WriteSettings settings = WriteSettings.usual(order.compression(), forWriting.timeout());
    List<Progress> progresses =
        List.of(new Progress("written", written), new Progress("read", read));
    try (TopicWriter writer = TopicWriter.open(forWriting, view, settings);
        Display display =
            Display.show(terminal, progresses, input == null ? order.count() : UNKNOWN)) {
      thread.start();
      StampedWriter stamped = new StampedWriter(writer, written);
      write(writer, stamped);
      display.total(written.records());
      reader.stopAt(offsets.ends(partitions));
      Answers.await(reading);
      read.end();
      return Verdict.of(written, stamped, read, sink);
    } finally {
      thread.interrupt();
    }
  }

  private void write(TopicWriter writer, StampedWriter stamped) throws InterruptedException {
    try {
      if (input == null) {
        writeOrders(stamped);
      } else {
        writeLines(input, stamped);
      }
    } catch (WriteFailedException e) {
      // Its reason is in the report.
    }
    WriteReport report = writer.finish();
    written.end();
    if (report.why() != null) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          String.format(
              Locale.ROOT, "%,d records were not delivered: %s", report.failed(), report.why()));
    }
  }

  private void writeOrders(StampedWriter stamped)
      throws InterruptedException, WriteFailedException {
    OrderEvents events = new OrderEvents(order.seed());
    for (long i = 0; i < order.count(); i++) {
      byte[] event = events.next();
      stamped.write(events.customer(), event, 0, event.length);
    }
  }

  private static void writeLines(InputBlocks input, StampedWriter stamped)
      throws InterruptedException, WriteFailedException {
    LineSplitter splitter = new LineSplitter(MAX_LINE_BYTES);
    LineSink<WriteFailedException> sink =
        (bytes, offset, length) ->
            stamped.write((int) (splitter.lines() % Keys.COUNT), bytes, offset, length);
    Block block;
    while ((block = next(input, stamped)) != null) {
      splitter.feed(block.bytes(), block.length(), sink);
      if (block.isLastOfFile()) {
        splitter.end(sink);
      }
      input.giveBack(block);
    }
  }

  private static @Nullable Block next(InputBlocks input, StampedWriter stamped)
      throws InterruptedException, WriteFailedException {
    Block block = input.poll(LINGER_MS);
    if (block == null) {
      stamped.flush();
      block = input.take();
    }
    return block;
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
