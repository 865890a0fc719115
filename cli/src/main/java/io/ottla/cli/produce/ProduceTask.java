package io.ottla.cli.produce;

import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.TopicView;
import io.ottla.cli.lines.Block;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.lines.LineSink;
import io.ottla.cli.lines.LineSplitter;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes lines to a topic: each line is a record. */
public final class ProduceTask {
  private static final int MAX_LINE_BYTES = 64 << 20;
  private static final long LINGER_MS = 5;
  private static final int NO_KEY = -1;
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final ProduceOrder order;
  private final Terminal terminal;
  private final LineSplitter splitter = new LineSplitter(MAX_LINE_BYTES);
  private final OutgoingRecord record = new OutgoingRecord();

  public ProduceTask(ProduceOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  /** Writes all input; returns when every record is acknowledged. */
  public void run() throws InterruptedException {
    try (InputBlocks input = InputBlocks.open(order.files(), terminal.in());
        Cluster cluster = Cluster.connect(order.bootstrap())) {
      TopicView topic = cluster.topic(order.topic());
      checkPartition(topic);
      WriteSettings settings =
          WriteSettings.usual(order.compression(), order.bootstrap().timeout());
      try (TopicWriter writer = TopicWriter.open(cluster, topic, settings)) {
        write(input, writer);
      }
    }
  }

  private void checkPartition(TopicView topic) {
    topic.check(order.partition() == null ? 0 : order.partition());
  }

  private void write(InputBlocks input, TopicWriter writer) throws InterruptedException {
    try {
      pump(input, writer);
      report(writer.finish());
    } catch (WriteFailedException e) {
      report(writer.finish());
    } catch (CommandFailedException e) {
      // The input failed: what came before is delivered all the same.
      report(writer.finish());
      throw e;
    } catch (InterruptedException e) {
      sayFarewell(writer.finish(FAREWELL));
      throw e;
    }
  }

  /** Batches fill while input is at hand; when it pauses, what there is goes out. */
  private void pump(InputBlocks input, TopicWriter writer)
      throws InterruptedException, WriteFailedException {
    LineSink<WriteFailedException> sink =
        (bytes, offset, length) -> append(bytes, offset, length, writer);
    Block block;
    while ((block = next(input, writer)) != null) {
      record.timestampMs(System.currentTimeMillis());
      splitter.feed(block.bytes(), block.length(), sink);
      if (block.isLastOfFile()) {
        splitter.end(sink);
      }
      input.giveBack(block);
    }
  }

  private void append(byte[] bytes, int offset, int length, TopicWriter writer)
      throws InterruptedException, WriteFailedException {
    KeyDelimiter delimiter = order.delimiter();
    int keyLength = delimiter == null ? NO_KEY : delimiter.find(bytes, offset, length);
    if (delimiter == null || keyLength == NO_KEY) {
      record.noKey().value(bytes, offset, length);
    } else {
      int valueOffset = keyLength + delimiter.length();
      record.key(bytes, offset, keyLength).value(bytes, offset + valueOffset, length - valueOffset);
    }
    writer.append(partition(bytes, offset, keyLength, writer), record);
  }

  private int partition(byte[] bytes, int offset, int keyLength, TopicWriter writer) {
    if (order.partition() != null) {
      return order.partition();
    }
    return keyLength == NO_KEY
        ? writer.unkeyedPartition()
        : writer.partitionOf(bytes, offset, keyLength);
  }

  private @Nullable Block next(InputBlocks input, TopicWriter writer)
      throws InterruptedException, WriteFailedException {
    Block block = input.poll(LINGER_MS);
    if (block == null) {
      writer.flush();
      block = input.take();
    }
    return block;
  }

  private void report(WriteReport report) {
    if (report.why() != null) {
      throw new CommandFailedException(
          ExitCode.FAILED, losses(report) + ": " + report.why() + "; no more input was read");
    }
  }

  private void sayFarewell(WriteReport report) {
    terminal.say(
        report.why() == null
            ? String.format(Locale.ROOT, "interrupted after %,d records", report.delivered())
            : losses(report) + ": " + report.why());
  }

  private static String losses(WriteReport report) {
    String doubt =
        report.unknown() == 0
            ? ""
            : String.format(
                Locale.ROOT, " (%,d of them may have arrived all the same)", report.unknown());
    return String.format(
            Locale.ROOT,
            "%,d of %,d records were not delivered",
            report.failed(),
            report.delivered() + report.failed())
        + doubt;
  }
}
