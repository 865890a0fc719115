package io.ottla.internal.producer;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A partition's log as Kafka 4.3 keeps it: the checks of idempotent producers, and the values. */
final class ModelLog {
  private static final int REMEMBERED = 5;

  /** What became of a batch. */
  record Appended(ErrorCode error, long baseOffset) {}

  private record Written(int first, int last, long offset) {}

  private static final class Producer {
    final Deque<Written> written = new ArrayDeque<>();
    int epoch;

    Producer(int epoch) {
      this.epoch = epoch;
    }
  }

  final List<String> values = new ArrayList<>();
  private final Map<Long, Producer> producers = new HashMap<>();

  Appended append(RecordBatch batch) {
    return batch.producerId() < 0 ? new Appended(ErrorCode.NONE, write(batch)) : check(batch);
  }

  private Appended check(RecordBatch batch) {
    Producer known = producers.get(batch.producerId());
    int first = batch.baseSequence();
    int last = Numbers.sequence(first, batch.count() - 1);
    if (known != null) {
      if (batch.producerEpoch() < known.epoch) {
        return new Appended(ErrorCode.INVALID_PRODUCER_EPOCH, -1);
      }
      if (batch.producerEpoch() == known.epoch) {
        for (Written one : known.written) {
          if (one.first == first && one.last == last) {
            return new Appended(ErrorCode.NONE, one.offset);
          }
        }
      }
      int expected =
          batch.producerEpoch() > known.epoch
              ? 0
              : known.written.isEmpty() ? first : Numbers.sequence(known.written.getLast().last, 1);
      if (first != expected) {
        return new Appended(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
      }
    }
    Producer producer = producers.computeIfAbsent(batch.producerId(), id -> new Producer(0));
    if (producer.epoch != batch.producerEpoch()) {
      producer.epoch = batch.producerEpoch();
      producer.written.clear();
    }
    long offset = write(batch);
    producer.written.add(new Written(first, last, offset));
    if (producer.written.size() > REMEMBERED) {
      producer.written.remove();
    }
    return new Appended(ErrorCode.NONE, offset);
  }

  private long write(RecordBatch batch) {
    long offset = values.size();
    try (RecordCursor cursor = batch.cursor()) {
      while (cursor.next()) {
        byte[] value = cursor.value();
        values.add(
            value == null ? "null" : new String(value, java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return offset;
  }

  /** As after a restart of its leader: of each producer the last batch is known. */
  void restart() {
    producers
        .values()
        .forEach(
            producer -> {
              while (producer.written.size() > 1) {
                producer.written.remove();
              }
            });
  }

  /** As if retention had deleted everything. */
  void forgetProducers() {
    producers.clear();
  }

  /** Epoch and last sequence of a producer; null if it is not known. */
  int @Nullable [] state(long producerId) {
    Producer known = producers.get(producerId);
    return known == null
        ? null
        : new int[] {known.epoch, known.written.isEmpty() ? -1 : known.written.getLast().last};
  }

  List<Long> producerIds() {
    return List.copyOf(producers.keySet());
  }
}
