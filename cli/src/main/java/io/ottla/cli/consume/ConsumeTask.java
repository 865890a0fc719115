package io.ottla.cli.consume;

import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.PartitionOffsets;
import io.ottla.cli.cluster.TopicView;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Output;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Prints the values of a topic's records, each with a newline behind it. */
public final class ConsumeTask {
  private final ConsumeOrder order;
  private final Terminal terminal;

  public ConsumeTask(ConsumeOrder order, Terminal terminal) {
    this.order = order;
    this.terminal = terminal;
  }

  /** Prints until what was asked for is reached, or for ever. */
  public void run() throws InterruptedException {
    try (Cluster cluster = Cluster.connect(order.bootstrap())) {
      TopicView topic = cluster.topic(order.topic());
      PartitionOffsets offsets = new PartitionOffsets(cluster, order.topic());
      List<Integer> partitions = partitions(topic);
      Map<Integer, Long> starts = starts(offsets, partitions);
      TopicReader reader = new TopicReader(cluster, topic, starts);
      if (order.stopsAtEnd()) {
        reader.stopAt(offsets.ends(partitions));
      }
      reader.read(new Printer(terminal.out(), order));
      terminal.out().flush();
    }
  }

  private List<Integer> partitions(TopicView topic) {
    Integer wanted = order.partition();
    if (wanted == null) {
      return IntStream.range(0, topic.partitions()).boxed().toList();
    }
    topic.check(wanted);
    return List.of(wanted);
  }

  private Map<Integer, Long> starts(PartitionOffsets offsets, Collection<Integer> partitions)
      throws InterruptedException {
    if (order.start() instanceof StartOffset.Beginning) {
      return offsets.beginnings(partitions);
    }
    Map<Integer, Long> ends = offsets.ends(partitions);
    return order.start() instanceof StartOffset.At at
        ? startsAt(at.offset(), offsets.beginnings(partitions), ends)
        : ends;
  }

  /** A named partition must have the offset; of all partitions, each begins as near as it can. */
  private Map<Integer, Long> startsAt(
      long offset, Map<Integer, Long> beginnings, Map<Integer, Long> ends) {
    Map<Integer, Long> starts = new TreeMap<>();
    for (Map.Entry<Integer, Long> beginning : beginnings.entrySet()) {
      int partition = beginning.getKey();
      long end = ends.getOrDefault(partition, Long.MAX_VALUE);
      if (order.partition() != null && (offset < beginning.getValue() || offset > end)) {
        throw new CommandFailedException(
            ExitCode.REFUSED,
            order.topic()
                + "-"
                + partition
                + " has no offset "
                + offset
                + "; it begins at "
                + beginning.getValue()
                + " and ends at "
                + end);
      }
      starts.put(partition, Math.min(Math.max(offset, beginning.getValue()), end));
    }
    return starts;
  }

  /** Prints values, up to a number of them; a tombstone prints as an empty line. */
  private static final class Printer implements RecordSink {
    private final Output out;
    private final long firstOffset;
    private long left;

    Printer(Output out, ConsumeOrder order) {
      this.out = out;
      this.firstOffset = order.start() instanceof StartOffset.At at ? at.offset() : 0;
      this.left = order.count() == null ? Long.MAX_VALUE : order.count();
    }

    @Override
    public boolean record(int partition, RecordCursor cursor) {
      if (cursor.offset() < firstOffset) {
        return true;
      }
      ByteBuffer value = cursor.valueView();
      if (value != null) {
        out.write(value);
      }
      out.write('\n');
      left--;
      return left > 0;
    }

    @Override
    public void idle() {
      out.flush();
    }
  }
}
