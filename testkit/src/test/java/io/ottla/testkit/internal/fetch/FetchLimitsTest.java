package io.ottla.testkit.internal.fetch;

import static io.ottla.testkit.internal.fetch.Requests.MIB;
import static io.ottla.testkit.internal.fetch.Requests.reading;
import static io.ottla.testkit.internal.fetch.Requests.request;
import static io.ottla.testkit.internal.fetch.Requests.topic;
import static io.ottla.testkit.internal.fetch.Requests.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FetchLimitsTest extends FetchTestBase {
  private static final int BATCH = Batches.of("x").remaining();

  @BeforeEach
  void fillTopic() {
    create("a", 3);
    for (int i = 0; i < 3; i++) {
      append("a", i, Batches.of("x"), Batches.of("y"), Batches.of("z"));
    }
  }

  @Test
  void records_come_from_the_batch_that_holds_the_offset() {
    append("a", 0, Batches.of("1", "2", "3"));

    PartitionData data = only(fetch(request(topic("a", reading(0, 4))), WITH_NAMES));

    assertThat(values(data.records())).containsExactly("1", "2", "3");
    assertThat(data.highWatermark()).isEqualTo(6);
    assertThat(data.lastStableOffset()).isEqualTo(6);
    assertThat(data.logStartOffset()).isZero();
    assertThat(data.preferredReadReplica()).isEqualTo(-1);
  }

  @Test
  void records_go_out_by_reference() {
    ByteBuffer first = recordsOf(0, 10 * MIB, MIB);
    ByteBuffer second = recordsOf(0, 10 * MIB, MIB);

    assertThat(first.isReadOnly()).isTrue();
    assertThat(second).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void the_last_batch_is_cut_off_where_the_partitions_limit_falls() {
    assertThat(recordsOf(0, 10 * MIB, 2 * BATCH + 5).remaining()).isEqualTo(2 * BATCH + 5);
    assertThat(values(recordsOf(0, 10 * MIB, 2 * BATCH + 5))).containsExactly("x", "y");
  }

  @Test
  void one_batch_comes_whole_however_small_the_limits_are() {
    assertThat(values(recordsOf(0, 10 * MIB, 1))).containsExactly("x");
    assertThat(values(recordsOf(0, 1, MIB))).containsExactly("x");
    assertThat(values(recordsOf(0, 0, 0))).containsExactly("x");
  }

  @Test
  void only_the_first_partition_with_records_may_go_beyond_the_limits() {
    FetchRequest request =
        request(topic("a", reading(0, 3), small(1, 0), small(2, 0))).maxBytes(10 * MIB);

    FetchResponse response = fetch(request, WITH_NAMES);

    assertThat(bytes(response)).containsExactly(0, BATCH, 0);
  }

  @Test
  void the_answers_limit_is_shared_in_the_order_of_the_request() {
    FetchRequest request =
        request(topic("a", reading(1, 0), reading(0, 0), reading(2, 0))).maxBytes(4 * BATCH + 10);

    FetchResponse response = fetch(request, WITH_NAMES);

    assertThat(bytes(response))
        .as("a third one's first batch has no room")
        .containsExactly(3 * BATCH, BATCH + 10, 0);
  }

  @Test
  void a_broker_has_a_limit_of_its_own() {
    settings.maxBytes = BATCH;

    assertThat(recordsOf(0, 10 * MIB, MIB).remaining()).isEqualTo(BATCH);
  }

  @Test
  void up_to_version_2_the_limit_cuts_even_the_first_batch() {
    FetchRequest request = request(topic("a", small(0, 0), small(1, 0)));

    assertThat(fetch(request, 2).responses().get(0).partitions())
        .allSatisfy(data -> assertThat(values(data.records())).isEmpty())
        .allSatisfy(data -> assertThat(size(data)).isPositive());
    assertThat(bytes(fetch(request, 4))).containsExactly(BATCH, 0);
  }

  @Test
  void a_negative_limit_is_a_defect_of_the_reader() {
    FetchRequest request = request(topic("a", reading(0, 0).partitionMaxBytes(-1)));

    assertThat(error(only(fetch(request, WITH_NAMES)))).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  private static FetchRequest.FetchPartition small(int index, long offset) {
    return reading(index, offset).partitionMaxBytes(10);
  }

  private ByteBuffer recordsOf(int index, int maxBytes, int partitionMaxBytes) {
    FetchRequest request =
        request(topic("a", reading(index, 0).partitionMaxBytes(partitionMaxBytes)))
            .maxBytes(maxBytes);
    return Objects.requireNonNull(only(fetch(request, WITH_NAMES)).records());
  }

  private static List<Integer> bytes(FetchResponse response) {
    return response.responses().get(0).partitions().stream().map(FetchTestBase::size).toList();
  }
}
