package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.log.Subscription;
import io.ottla.testkit.internal.loop.Timer;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to its answer: it is read at once, and if that gives too little, once more
 * when there is enough, when something is wrong, or when its time is over.
 *
 * <p>Owns: while it waits, its timer and a subscription to the log of each partition. Thread: the
 * cluster's loop. Always: answered once, or dropped with its connection.
 */
final class PendingFetch {
  private final Exchange<FetchRequest, FetchResponse> exchange;
  private final FetchTerms terms;
  private final PartitionReader reader;
  private final Timers timers;
  private final List<AskedPartition> partitions;
  private final Consumer<List<AnsweredPartition>> onRead;

  private final List<Subscription> subscriptions = new ArrayList<>();
  private final int[] readableBytes;
  private long readableSum;

  /** Ends the waiting; null before it and after it. */
  private @Nullable Timer end;

  private boolean isEnding;

  /**
   * @param partitions those that exist
   * @param onRead is given the outcome
   */
  PendingFetch(
      Exchange<FetchRequest, FetchResponse> exchange,
      FetchTerms terms,
      PartitionReader reader,
      Timers timers,
      List<AskedPartition> partitions,
      Consumer<List<AnsweredPartition>> onRead) {
    this.exchange = exchange;
    this.terms = terms;
    this.reader = reader;
    this.timers = timers;
    this.partitions = partitions;
    this.onRead = onRead;
    this.readableBytes = new int[partitions.size()];
  }

  void begin() {
    List<AnsweredPartition> read = read();
    if (isEnough(read)) {
      onRead.accept(read);
    } else {
      await();
    }
  }

  private boolean isEnough(List<AnsweredPartition> read) {
    if (terms.maxWaitMillis() <= 0 || read.isEmpty()) {
      return true;
    }
    long bytes = 0;
    for (AnsweredPartition one : read) {
      PartitionData data = one.data();
      if (data.errorCode() != ErrorCode.NONE.code()
          || data.divergingEpoch().epoch() >= 0
          || data.preferredReadReplica() >= 0) {
        return true;
      }
      bytes += one.sizeInBytes();
    }
    return bytes >= terms.minBytes();
  }

  /** Reads all partitions in their order, as long as there is room. */
  private List<AnsweredPartition> read() {
    List<AnsweredPartition> answered = new ArrayList<>(partitions.size());
    int left = terms.maxBytes();
    boolean minOneBatch = !terms.hasHardLimits();
    for (AskedPartition asked : partitions) {
      AnsweredPartition one = reader.read(asked, terms, left, minOneBatch);
      minOneBatch &= one.sizeInBytes() == 0;
      left = Math.max(0, left - one.sizeInBytes());
      answered.add(one);
    }
    return answered;
  }

  private void await() {
    end = timers.schedule(terms.maxWaitMillis(), this::finish);
    exchange.onClose(this::drop);
    for (int i = 0; i < partitions.size(); i++) {
      int index = i;
      Partition partition = reader.find(partitions.get(i));
      if (partition != null) {
        subscriptions.add(partition.log().onChange(() -> look(index)));
      }
      look(index);
    }
  }

  /** Something may be new in a partition. */
  private void look(int index) {
    int bytes = reader.readableBytes(partitions.get(index), terms);
    if (bytes == PartitionReader.ANSWER_NOW) {
      endSoon();
      return;
    }
    readableSum += bytes - readableBytes[index];
    readableBytes[index] = bytes;
    if (readableSum >= terms.minBytes()) {
      endSoon();
    }
  }

  /** In a turn of its own: whoever writes to a log goes on first, perhaps to other partitions. */
  private void endSoon() {
    if (!isEnding) {
      isEnding = true;
      cancelTimer();
      end = timers.schedule(0, this::finish);
    }
  }

  private void finish() {
    drop();
    onRead.accept(read());
  }

  private void drop() {
    cancelTimer();
    subscriptions.forEach(Subscription::cancel);
    subscriptions.clear();
  }

  private void cancelTimer() {
    if (end != null) {
      end.cancel();
      end = null;
    }
  }
}
