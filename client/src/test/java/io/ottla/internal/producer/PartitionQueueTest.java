package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartitionQueueTest extends QueueTestBase {
  private static final int NO_LIMIT = Integer.MAX_VALUE;
  private final TopicSettings usual = settings(LINGER_NANOS, 4096, NO_LIMIT, Compression.none());

  @Test
  void records_of_one_batch_leave_in_their_order_once_the_linger_is_over() {
    PartitionQueue queue = queue(usual);
    assertThat(append(queue, Opening.IF_ROOM, "a")).isEqualTo(Appended.OPENED);
    assertThat(append(queue, Opening.IF_ROOM, "b")).isEqualTo(Appended.TAKEN);
    assertThat(poll(queue, true)).as("it lingers, however idle the leader is").isNull();

    loop.pass(LINGER_NANOS);

    assertThat(ripe).containsExactly(queue);
    assertThat(queue.hasBatch(false)).isTrue();
    assertThat(values(poll(queue, false))).containsExactly("a", "b");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void nothing_ticks_once_nothing_is_open() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    loop.run();
    assertThat(loop.timers()).isEqualTo(1);

    loop.pass(LINGER_NANOS);
    assertThat(poll(queue, false)).isNotNull();
    loop.pass(2 * LINGER_NANOS);

    assertThat(loop.timers()).isZero();
  }

  @Test
  void a_second_batch_lingers_for_its_own_time() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    loop.pass(TimeUnit.MILLISECONDS.toNanos(3));
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("a");
    append(queue, Opening.IF_ROOM, "b");

    loop.pass(TimeUnit.MILLISECONDS.toNanos(3));
    assertThat(ripe).as("3 ms old").isEmpty();
    loop.pass(TimeUnit.MILLISECONDS.toNanos(3));

    assertThat(ripe).containsExactly(queue);
    assertThat(values(poll(queue, false))).containsExactly("b");
  }

  @Test
  void a_batch_without_linger_goes_when_the_leader_is_idle_and_waits_while_it_is_not() {
    PartitionQueue queue = queue(settings(0, 4096, NO_LIMIT, Compression.none()));
    append(queue, Opening.IF_ROOM, "a");
    loop.run();
    assertThat(ready).containsExactly(queue);

    assertThat(poll(queue, false)).isNull();
    append(queue, Opening.IF_ROOM, "b");

    assertThat(values(poll(queue, true))).containsExactly("a", "b");
  }

  @Test
  void a_batch_is_over_when_it_has_as_many_records_as_it_may() {
    PartitionQueue queue = queue(settings(LINGER_NANOS, 4096, 2, Compression.none()));

    for (String value : List.of("a", "b", "c")) {
      append(queue, Opening.IF_ROOM, value);
    }
    loop.run();

    assertThat(ready).containsExactly(queue);
    assertThat(values(poll(queue, false))).containsExactly("a", "b");
    assertThat(poll(queue, false)).as("the third lingers").isNull();
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("c");
  }

  @Test
  void a_batch_of_one_record_goes_at_once() {
    PartitionQueue queue = queue(settings(LINGER_NANOS, 4096, 1, Compression.none()));

    append(queue, Opening.IF_ROOM, "a");
    append(queue, Opening.IF_ROOM, "b");

    assertThat(values(poll(queue, false))).containsExactly("a");
    assertThat(values(poll(queue, false))).containsExactly("b");
  }

  @Test
  void a_record_that_does_not_fit_begins_the_next_batch() {
    PartitionQueue queue = queue(usual);
    byte[] half = new byte[2100];
    append(queue, Opening.IF_ROOM, half, null);

    assertThat(append(queue, Opening.IF_ROOM, half, null)).isEqualTo(Appended.OPENED);

    queue.ripen();
    assertThat(poll(queue, false)).isNotNull();
    assertThat(poll(queue, false)).isNotNull();
  }

  @Test
  void a_record_that_may_go_elsewhere_ends_the_batch_and_opens_none() {
    PartitionQueue queue = queue(usual);
    byte[] half = new byte[2100];
    assertThat(append(queue, Opening.NOT_HERE, half, null)).isEqualTo(Appended.ENDED);
    append(queue, Opening.IF_ROOM, half, null);

    assertThat(append(queue, Opening.NOT_HERE, half, null)).isEqualTo(Appended.ENDED);

    assertThat(poll(queue, false)).isNotNull();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  @Scenario("L3")
  void a_record_of_exactly_the_largest_size_is_taken_and_one_byte_more_is_not() {
    PartitionQueue queue = queue(usual);
    int most = usual.maxRecordBytes();
    byte[] exact = new byte[most - (int) BatchWriter.bytesAlone(-1, most, List.of()) + most];
    assertThat(BatchWriter.bytesAlone(-1, exact.length, List.of())).isEqualTo(most);

    assertThat(append(queue, Opening.IF_ROOM, exact, null)).isEqualTo(Appended.OPENED);
    assertThat(append(queue, Opening.IF_ROOM, Arrays.copyOf(exact, exact.length + 1), null))
        .isEqualTo(Appended.TOO_LARGE);

    queue.ripen();
    ProducerBatch batch = poll(queue, false);
    if (batch == null) { // more than the loop seals itself
      sealers.remove().run();
      batch = poll(queue, false);
    }
    assertThat(batch).isNotNull();
    assertThat(batch.sealed().sizeInBytes()).isEqualTo(most);
  }

  @Test
  void a_record_for_which_there_is_no_room_changes_nothing() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    long rest = memory.limit() - memory.taken();
    assertThat(memory.tryTake(rest)).isTrue();

    assertThat(append(queue, Opening.IF_ROOM, new byte[4030], null)).isEqualTo(Appended.NO_ROOM);

    memory.give(rest);
    assertThat(values(poll(queue, false))).as("it made way").containsExactly("a");
  }

  @Test
  void room_that_was_reserved_opens_a_batch_of_just_that_size() {
    PartitionQueue queue = queue(usual);
    assertThat(memory.tryTake(memory.limit())).isTrue();

    assertThat(append(queue, Opening.RESERVED, "a")).isEqualTo(Appended.OPENED);

    memory.give(memory.limit() - PoolSizes.of(70));
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("a");
  }

  @Test
  void a_batch_that_may_not_grow_is_full() {
    PartitionQueue queue = queue(usual);
    assertThat(memory.tryTake(memory.limit() - 1024)).isTrue();
    assertThat(append(queue, Opening.IF_ROOM, new byte[500], null)).isEqualTo(Appended.OPENED);

    assertThat(append(queue, Opening.IF_ROOM, new byte[600], null)).isEqualTo(Appended.NO_ROOM);

    assertThat(poll(queue, false)).isNotNull();
    memory.give(memory.limit() - 1024);
  }

  @Test
  void records_that_are_in_the_memory_already_fill_whole_batches_although_it_is_full() {
    PartitionQueue queue = queue(usual);
    assertThat(memory.tryTake(memory.limit())).isTrue();
    append(queue, Opening.FORCED, new byte[900], null);

    assertThat(append(queue, Opening.FORCED_ELSEWHERE, new byte[900], null))
        .isEqualTo(Appended.TAKEN);
    assertThat(append(queue, Opening.NOT_HERE, new byte[1500], null)).isEqualTo(Appended.ENDED);

    memory.give(memory.limit());
    ProducerBatch batch = poll(queue, false);
    assertThat(batch).isNotNull();
    assertThat(batch.count()).isEqualTo(2);
  }

  @Test
  void room_that_was_waited_for_becomes_a_batch_as_large_as_the_last() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, new byte[3000], null);
    queue.ripen();
    ProducerBatch last = poll(queue, false);
    assertThat(last).isNotNull();
    assertThat(memory.tryTake(1024)).as("reserved").isTrue();

    append(queue, Opening.RESERVED, "a");

    assertThat(memory.taken() - last.chargedBytes()).isEqualTo(4096);
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("a");
  }

  @Test
  void a_new_batch_goes_to_the_overflow_while_no_broker_is_there() {
    PartitionQueue queue = queue(usual);
    isOverflowing = true;

    assertThat(append(queue, Opening.IF_ROOM, "a")).isEqualTo(Appended.NO_ROOM);
  }

  @Test
  void a_closed_queue_takes_nothing_and_gives_what_it_has() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    queue.ripen();
    assertThat(values(poll(queue, false))).containsExactly("a");

    queue.close();

    assertThat(append(queue, Opening.IF_ROOM, "b")).isEqualTo(Appended.CLOSED);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void a_record_that_cannot_be_written_leaves_no_batch_behind() {
    PartitionQueue queue = queue(usual);

    assertThatThrownBy(
            () ->
                queue.append(
                    Opening.IF_ROOM, false, -7, null, 0, 0, new byte[1], 0, 1, List.of(), null))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(queue.isEmpty()).isTrue();
    assertThat(memory.taken()).isZero();
  }

  @Test
  void a_batch_that_is_being_sealed_holds_its_place() {
    PartitionQueue queue = queue(settings(LINGER_NANOS, 4096, 1, Compression.gzip()));
    append(queue, Opening.IF_ROOM, "a");
    append(queue, Opening.IF_ROOM, "b");
    Runnable first = sealers.remove();
    Runnable second = sealers.remove();

    second.run();
    assertThat(queue.hasBatch(false)).isTrue();
    assertThat(poll(queue, false)).as("the first is not ready").isNull();
    first.run();

    assertThat(values(poll(queue, false))).containsExactly("a");
    assertThat(values(poll(queue, false))).containsExactly("b");
  }

  @Test
  void what_a_sender_wants_to_hear_stays_with_its_record() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    append(queue, Opening.IF_ROOM, new byte[1], "ticket");
    append(queue, Opening.IF_ROOM, "c");

    queue.ripen();
    ProducerBatch batch = poll(queue, false);

    assertThat(batch).isNotNull();
    assertThat(batch.ticket(0)).isNull();
    assertThat(batch.ticket(1)).isEqualTo("ticket");
    assertThat(batch.ticket(2)).isNull();
    assertThat(batch.isMovable()).isTrue();
  }

  @Test
  void a_record_with_a_key_keeps_its_batch_where_it_is() {
    PartitionQueue queue = queue(usual);
    append(queue, Opening.IF_ROOM, "a");
    queue.append(
        Opening.IF_ROOM,
        true,
        1000,
        null,
        0,
        0,
        new byte[1],
        0,
        1,
        List.of(new Header("h", null)),
        null);

    queue.ripen();
    ProducerBatch batch = poll(queue, false);

    assertThat(batch).isNotNull();
    assertThat(batch.isMovable()).isFalse();
  }

  @Test
  void the_oldest_can_be_taken_out_open_or_sealed() {
    PartitionQueue queue = queue(settings(LINGER_NANOS, 4096, 2, Compression.none()));
    for (String value : List.of("a", "b", "c")) {
      append(queue, Opening.IF_ROOM, value);
    }

    ProducerBatch sealed = queue.takeOldest();
    ProducerBatch open = queue.takeOldest();
    taken.add(sealed);
    taken.add(open);

    assertThat(values(sealed)).containsExactly("a", "b");
    assertThat(values(open)).containsExactly("c");
    assertThat(queue.takeOldest()).isNull();
    assertThat(queue.isEmpty()).isTrue();
  }
}
