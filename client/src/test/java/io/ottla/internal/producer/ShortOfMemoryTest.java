package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Loop;
import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioners;
import io.ottla.protocol.record.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What queues do when the producer's memory, or the machine's, is full. */
class ShortOfMemoryTest extends QueueTestBase {
  private final TopicSettings usual =
      settings(LINGER_NANOS, 4096, Integer.MAX_VALUE, Compression.none());

  @Test
  void a_batch_that_the_machine_has_no_memory_for_takes_no_room() {
    PartitionQueue queue = queue(usual);
    pool.failNext(1);

    assertThatThrownBy(() -> append(queue, Opening.IF_ROOM, "a"))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(memory.taken()).isZero();
    assertThat(append(queue, Opening.IF_ROOM, "b")).isEqualTo(Appended.OPENED);
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("b");
  }

  @Test
  void a_batch_that_the_loop_cannot_seal_for_want_of_memory_is_sealed_elsewhere() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    queue.ripen();
    pool.failNext(1);

    assertThat(poll(queue, false)).isNull();
    append(queue, Opening.IF_ROOM, "b");
    Objects.requireNonNull(sealers.poll(), "handed to a sealer").run();

    assertThat(values(poll(queue, false))).containsExactly("a");
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("b");
  }

  @Test
  void the_oldest_batch_stays_where_it_is_if_it_cannot_be_sealed() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    pool.failNext(1);

    assertThat(queue.takeOldest()).isNull();
    Objects.requireNonNull(sealers.poll(), "handed to a sealer").run();

    assertThat(values(poll(queue, false))).containsExactly("a");
  }

  @Test
  void a_slot_beyond_the_partitions_that_were_looked_at_is_no_error() {
    TopicQueue topic = topic(usual);
    PartitionQueue[] one = topic.grown(1);
    for (int i = 0; i < 20; i++) { // where slots begin is chance
      StickySlots slots = new StickySlots(64, 1);

      Appended appended =
          topic.append(
              Opening.IF_ROOM,
              one,
              slots,
              -1,
              1_000,
              null,
              0,
              0,
              new byte[1],
              0,
              1,
              List.of(),
              null);

      assertThat(appended.isTaken()).isTrue();
      assertThat(slots.partition(0)).isZero();
    }
    one[0].ripen();
    assertThat(poll(one[0], false)).isNotNull();
  }

  /** Reports, and with them room, come only once the sender waits. */
  @Test
  void no_more_of_the_oldest_is_dropped_than_is_needed() throws Exception {
    TopicQueue topic = topic(dropping());
    PartitionQueue[] all = topic.grown(1);
    assertThat(topic.show(all, new StickySlots(1, 1))).isTrue();
    while (append(all[0], Opening.IF_ROOM, new byte[1_000], null) != Appended.NO_ROOM) {
      assertThat(memory.taken()).isPositive();
    }
    long rest = memory.limit() - memory.taken();
    memory.give(-rest);
    List<ProducerBatch> dropped = new ArrayList<>();
    AtomicInteger reported = new AtomicInteger();
    ExecutorService delivery = Executors.newSingleThreadExecutor();
    try {
      Room room = room(new Dropping(dropped, reported), delivery);
      int bytes = Room.bytesFor(null, 0, new byte[1_000], 1_000, List.of());

      assertThat(room.take(topic, bytes, Waiting.BY_OVERFLOW)).isNull();

      assertThat(dropped).hasSize(1);
      memory.give(bytes + rest);
    } finally {
      delivery.shutdown();
      assertThat(delivery.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(reported).hasValue(1);
    all[0].ripen();
    while (all[0].hasBatch(false)) {
      assertThat(poll(all[0], false)).isNotNull();
    }
  }

  private static TopicSettings dropping() {
    return new TopicSettings(
        Acks.ALL,
        TimeUnit.SECONDS.toNanos(30),
        TimeUnit.SECONDS.toNanos(120),
        Compression.none(),
        Partitioners.standard(),
        Overflow.dropOldest(),
        LINGER_NANOS,
        64 << 10,
        Integer.MAX_VALUE,
        64 << 10);
  }

  private Room room(BatchEnds ends, ExecutorService delivery) {
    Loop later =
        new Loop() {
          @Override
          public boolean inLoop() {
            return false;
          }

          @Override
          public Delayed schedule(Runnable task, long delayNanos) {
            throw new AssertionError("nothing is scheduled");
          }

          @Override
          public void execute(Runnable task) {
            delivery.execute(
                () -> {
                  Awaitility.await().until(() -> memory.waiting() > 0);
                  task.run();
                });
          }
        };
    return new Room(
        memory,
        new Reports(null, false, new Unheard()),
        new ProducerMeter("test", loop),
        loop,
        later,
        ends,
        new AwayGate(() -> 0, 0, memory::isClosed, loop),
        () -> {});
  }

  private static final class Unheard implements Reports.Tally {
    @Override
    public void onReported(int records) {}

    @Override
    public void onRefusalReported(Reports.Refusal refusal) {}
  }

  private record Dropping(List<ProducerBatch> dropped, AtomicInteger reported)
      implements BatchEnds {
    @Override
    public void delivered(ProducerBatch batch, String topic, int partition, long base, long time) {
      throw new AssertionError("nobody delivers here");
    }

    @Override
    public void failed(ProducerBatch batch, String topic, int partition, OttlaException failure) {
      assertThat(partition).isZero();
      dropped.add(batch);
      reported.incrementAndGet();
      batch.letGo();
    }

    @Override
    public void replaced(ProducerBatch batch) {
      throw new AssertionError("nobody replaces here");
    }
  }
}
