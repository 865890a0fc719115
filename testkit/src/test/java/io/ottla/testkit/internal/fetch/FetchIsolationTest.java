package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.MIB;
import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse.AbortedTransaction;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.record.ControlRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FetchIsolationTest extends FetchTestBase {
  private static final byte READ_COMMITTED = 1;

  @BeforeEach
  void createTopic() {
    create("a", 1);
  }

  @Test
  void records_beyond_the_high_watermark_are_not_served() {
    append("a", 0, Batches.of("x"));
    partition("a", 0).log().holdHighWatermark();
    append("a", 0, Batches.of("y"));

    PartitionData data = uncommitted(0);

    assertThat(values(data.records())).containsExactly("x");
    assertThat(data.highWatermark()).isEqualTo(1);
    assertThat(data.lastStableOffset()).isEqualTo(1);
    assertThat(data.abortedTransactions()).isNull();
  }

  @Test
  void an_open_transaction_stops_only_those_who_read_committed() {
    append("a", 0, Batches.of("x"), Batches.inTransaction(7, "open"), Batches.of("y"));

    PartitionData uncommitted = uncommitted(0);
    assertThat(values(uncommitted.records())).containsExactly("x", "open", "y");
    assertThat(uncommitted.lastStableOffset()).isEqualTo(1);
    PartitionData committed = committed(0, MIB);
    assertThat(values(committed.records())).containsExactly("x");
    assertThat(committed.highWatermark()).isEqualTo(3);
    assertThat(committed.lastStableOffset()).isEqualTo(1);
    assertThat(committed.abortedTransactions()).isEmpty();
    assertThat(size(committed(1, MIB))).as("at the last stable offset").isZero();
  }

  @Test
  void the_end_of_a_transaction_ends_the_wait_of_those_who_read_committed() {
    append("a", 0, Batches.inTransaction(7, "x"));
    FetchRequest request =
        request(topic("a", reading(0, 0))).isolationLevel(READ_COMMITTED).maxWaitMs(500);
    FakeExchange waits = send(request, WITH_NAMES);

    timers.advance(1);
    assertThat(waits.isAnswered()).isFalse();
    append("a", 0, Batches.marker(7, ControlRecord.Type.COMMIT));
    timers.advance(0);

    assertThat(only(waits.response()).lastStableOffset()).isEqualTo(2);
    assertThat(size(only(waits.response()))).isPositive();
  }

  @Test
  void those_who_read_committed_are_told_which_transactions_were_aborted() {
    append("a", 0, Batches.inTransaction(7, "void"), Batches.inTransaction(8, "valid"));
    append(
        "a",
        0,
        Batches.marker(8, ControlRecord.Type.COMMIT),
        Batches.marker(7, ControlRecord.Type.ABORT));

    PartitionData committed = committed(0, MIB);

    assertThat(committed.abortedTransactions())
        .containsExactly(new AbortedTransaction().producerId(7).firstOffset(0));
    assertThat(committed.lastStableOffset()).isEqualTo(4);
    assertThat(uncommitted(0).abortedTransactions()).isNull();
    assertThat(committed(4, MIB).abortedTransactions()).as("behind it").isEmpty();
  }

  @Test
  void only_transactions_with_records_in_the_answer_are_told() {
    append("a", 0, Batches.inTransaction(7, "1"), Batches.marker(7, ControlRecord.Type.ABORT));
    append("a", 0, Batches.of("x"));
    append("a", 0, Batches.inTransaction(8, "2"), Batches.marker(8, ControlRecord.Type.ABORT));
    int first = Batches.of("x").remaining();

    assertThat(committed(0, first).abortedTransactions())
        .extracting(AbortedTransaction::producerId)
        .containsExactly(7L);
    assertThat(committed(2, MIB).abortedTransactions())
        .extracting(AbortedTransaction::producerId)
        .containsExactly(8L);
    assertThat(committed(0, MIB).abortedTransactions())
        .extracting(AbortedTransaction::producerId)
        .containsExactly(7L, 8L);
    assertThat(committed(1, MIB).abortedTransactions())
        .as("from its marker on")
        .extracting(AbortedTransaction::producerId)
        .containsExactly(7L, 8L);
  }

  private PartitionData uncommitted(long offset) {
    return only(fetch(request(topic("a", reading(0, offset))), WITH_NAMES));
  }

  private PartitionData committed(long offset, int maxBytes) {
    FetchRequest request =
        request(topic("a", reading(0, offset).partitionMaxBytes(maxBytes)))
            .isolationLevel(READ_COMMITTED);
    return only(fetch(request, WITH_NAMES));
  }
}
