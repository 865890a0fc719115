package io.ottla.cli.produce;

import io.ottla.cli.format.BadLineException;
import io.ottla.cli.format.OutgoingRecord;
import io.ottla.cli.format.Span;
import io.ottla.cli.lines.Block;
import io.ottla.cli.lines.InputBlocks;
import io.ottla.cli.lines.LineSink;
import io.ottla.cli.lines.LineSplitter;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.producer.ProducerChannel;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From the input into the producer: lines become records, at the pace that was ordered.
 *
 * <p>Always: no more is read than the producer has room for. Thread: one.
 */
final class Feed {
  private static final int MAX_LINE_BYTES = 64 << 20;
  private static final long GLANCE_MS = 100;

  private final ProduceOrder order;
  private final ProducerChannel<Span, Span> channel;
  private final Deliveries deliveries;
  private final Pace pace;
  private final Places places;
  private final LineSplitter splitter = new LineSplitter(MAX_LINE_BYTES);
  private final OutgoingRecord record = new OutgoingRecord();
  private final @Nullable Span usualKey;

  Feed(
      ProduceOrder order,
      ProducerChannel<Span, Span> channel,
      Deliveries deliveries,
      Pace pace,
      Places places) {
    this.order = order;
    this.channel = channel;
    this.deliveries = deliveries;
    this.pace = pace;
    this.places = places;
    byte[] key = order.additions().key();
    this.usualKey = key == null ? null : Span.of(key);
  }

  /**
   * Hands all input over.
   *
   * @throws StoppedException if a record was lost meanwhile, and that shall be the end
   */
  void run(InputBlocks input) throws InterruptedException, StoppedException {
    LineSink<StoppedException> sink = this::line;
    for (Block block = next(input); block != null; block = next(input)) {
      splitter.feed(block.bytes(), block.length(), sink);
      if (block.isLastOfFile()) {
        splitter.end(sink);
        places.endOfFile(splitter.lines());
      }
      input.giveBack(block);
    }
  }

  /** Who waits for input hears of a loss all the same. */
  private @Nullable Block next(InputBlocks input) throws InterruptedException, StoppedException {
    Block block = null;
    while (block == null && !input.isEnded()) {
      block = input.poll(GLANCE_MS);
      checkLosses();
    }
    return block;
  }

  private void checkLosses() throws StoppedException {
    if (!order.keepsGoing() && !deliveries.losses().areNone()) {
      throw new StoppedException();
    }
  }

  private void line(byte[] line, int offset, int length)
      throws InterruptedException, StoppedException {
    checkLosses();
    if (isRecord(line, offset, length)) {
      pace.await();
      send();
    }
  }

  private boolean isRecord(byte[] line, int offset, int length) {
    try {
      return order.format().read(line, offset, length, record.clear());
    } catch (BadLineException e) {
      if (!order.keepsGoing()) {
        throw new CommandFailedException(
            ExitCode.FILE, places.describe(splitter.lines()) + " " + e.why());
      }
      deliveries.neverSent("the line " + e.why(), splitter.lines());
      return false;
    }
  }

  private void send() throws InterruptedException {
    deliveries.sending();
    boolean isTaken = false;
    try {
      channel.put(
          new ProducerRecord<>(
              order.topic(),
              partition(),
              record.timestampMs(),
              record.hasKey() ? record.key() : usualKey,
              record.value(),
              headers(),
              splitter.lines()));
      isTaken = true;
    } finally {
      if (!isTaken) {
        deliveries.notSent();
      }
    }
  }

  private int partition() {
    Integer ordered = order.additions().partition();
    return ordered == null ? record.partition() : ordered;
  }

  private List<Header> headers() {
    List<Header> added = order.additions().headers();
    if (added.isEmpty() || record.headers().isEmpty()) {
      return added.isEmpty() ? record.headers() : added;
    }
    List<Header> all = new ArrayList<>(record.headers());
    all.addAll(added);
    return all;
  }
}
