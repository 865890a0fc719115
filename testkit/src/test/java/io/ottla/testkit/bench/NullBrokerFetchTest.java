package io.ottla.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NullBrokerFetchTest {
  private static final int RECORDS = 100;
  private static final long END = 1_000_000;

  private NullBroker broker;
  private RawClient client;
  private UUID ordersId;

  @SuppressWarnings("NullAway.Init") // set before each test
  NullBrokerFetchTest() {}

  @BeforeEach
  void start() throws IOException {
    broker =
        NullBroker.builder()
            .topic("orders", 4)
            .batch(RECORDS, 100)
            .compression(Compression.lz4())
            .recordsPerPartition(END)
            .start();
    client = new RawClient(broker);
    ordersId = client.call(new MetadataRequest().topics(null), 13).topics().get(0).topicId();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
  void batches_are_whole_and_their_offsets_follow_each_other(int version) throws IOException {
    FetchRequest request =
        request(50 << 20, partition(0, 0, 1 << 20), partition(3, 700_000, 1 << 20));

    FetchResponse response = client.call(request, version);

    assertThat(response.errorCode()).isZero();
    assertThat(response.sessionId()).isZero();
    List<PartitionData> partitions = response.responses().get(0).partitions();
    assertThat(partitions).extracting(PartitionData::partitionIndex).containsExactly(0, 3);
    assertThat(partitions).allMatch(one -> one.highWatermark() == END && one.errorCode() == 0);
    assertThat(bases(partitions.get(0))).hasSizeGreaterThan(50).startsWith(0L, 100L, 200L);
    assertThat(bases(partitions.get(1))).startsWith(700_000L, 700_100L);
    partitions.forEach(one -> assertThat(size(one)).isBetween((1 << 20) - 20_000, 1 << 20));
  }

  @Test
  void responses_are_bounded_by_the_request_and_never_empty_for_lack_of_room() throws IOException {
    int batchBytes = size(fetch(request(1, partition(0, 0, 1))).get(0));

    List<PartitionData> two =
        fetch(request(3 * batchBytes, partition(0, 0, 2 * batchBytes), partition(1, 0, 1 << 20)));
    List<PartitionData> tight =
        fetch(request(1, partition(0, 0, 1 << 20), partition(1, 0, 1 << 20)));

    assertThat(two)
        .extracting(NullBrokerFetchTest::size)
        .containsExactly(2 * batchBytes, batchBytes);
    assertThat(tight).extracting(NullBrokerFetchTest::size).containsExactly(batchBytes, 0);
  }

  @Test
  void a_fetch_from_within_a_batch_gets_that_batch() throws IOException {
    assertThat(bases(fetch(request(1, partition(0, 1_234, 1))).get(0))).containsExactly(1_200L);
  }

  @Test
  void the_log_ends_where_it_was_told_to() throws IOException {
    List<PartitionData> last = fetch(request(50 << 20, partition(0, END - 150, 1 << 20)));
    List<PartitionData> end = fetch(request(50 << 20, partition(0, END, 1 << 20)).maxWaitMs(5));

    assertThat(bases(last.get(0))).containsExactly(END - 200, END - 100);
    assertThat(size(end.get(0))).isZero();
    assertThat(end.get(0).errorCode()).isZero();
  }

  @Test
  void a_fetch_that_waits_does_not_keep_others_waiting_and_is_answered_in_its_turn()
      throws IOException {
    FetchRequest atEnd = request(50 << 20, partition(0, END, 1 << 20)).maxWaitMs(50);
    byte[] fetch = client.frame(atEnd, 12);
    byte[] metadata = client.frame(new MetadataRequest().topics(null), 9);
    client.write(
        ByteBuffer.allocate(fetch.length + metadata.length).put(fetch).put(metadata).array());

    try (RawClient other = new RawClient(broker)) {
      other.call(new MetadataRequest().topics(null), 9);
    }
    assertThat(client.read(atEnd, 12).responses()).hasSize(1);
    assertThat(client.read(new MetadataRequest(), 9).topics()).hasSize(1);
  }

  @Test
  void what_cannot_be_served_is_refused() throws IOException {
    assertThat(error(partition(0, END + 1, 1))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(error(partition(0, -5, 1))).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    assertThat(error(partition(4, 0, 1))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(error(partition(0, 0, 1).currentLeaderEpoch(3)))
        .isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
    assertThat(client.call(request(1, partition(0, 0, 1)).sessionId(77), 12).errorCode())
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code());
    ordersId = new UUID(1, 2);
    assertThat(
            client
                .call(request(1, partition(0, 0, 1)), 13)
                .responses()
                .get(0)
                .partitions()
                .get(0)
                .errorCode())
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID.code());
  }

  @Test
  void a_client_that_does_not_read_gets_all_in_the_end() throws IOException {
    FetchRequest request = request(8 << 20, partition(0, 0, 8 << 20));
    for (int i = 0; i < 8; i++) {
      client.write(client.frame(request, 12));
    }

    for (int i = 0; i < 8; i++) {
      PartitionData data = client.read(request, 12).responses().get(0).partitions().get(0);
      assertThat(size(data)).isGreaterThan(7 << 20);
      bases(data);
    }
  }

  @Test
  void own_bytes_are_served_as_they_are() throws IOException {
    BatchWriter writer = new BatchWriter(BufferPool.direct(0), 1 << 10, 1 << 20);
    writer.append(5, new byte[] {1}, new byte[] {2, 3});
    ByteBuffer own = writer.seal(Compression.none()).number(77, (short) 3, 12);
    try (NullBroker other = NullBroker.builder().topic("orders", 1).batch(own).start();
        RawClient reader = new RawClient(other)) {
      FetchResponse response = reader.call(request(1, partition(0, 1L << 40, 1)), 12);

      ByteBuffer records = response.responses().get(0).partitions().get(0).records();
      assertThat(records).isNotNull();
      RecordBatch batch = RecordBatches.of(records).iterator().next();
      batch.verifyCrc();
      assertThat(batch.baseOffset()).isEqualTo(1L << 40);
      assertThat(batch.producerId()).isEqualTo(77);
      assertThat(batch.leaderEpoch()).isZero();
    }
  }

  private ErrorCode error(FetchPartition partition) throws IOException {
    return ErrorCode.of(fetch(request(1 << 20, partition)).get(0).errorCode());
  }

  private List<PartitionData> fetch(FetchRequest request) throws IOException {
    return client.call(request, 12).responses().get(0).partitions();
  }

  /** The base offsets of the batches, each of which is whole and as long as it says. */
  private static List<Long> bases(PartitionData data) {
    ByteBuffer records = data.records();
    assertThat(records).isNotNull();
    List<Long> bases = new ArrayList<>();
    for (RecordBatch batch : RecordBatches.of(records)) {
      batch.verifyCrc();
      assertThat(batch.count()).isEqualTo(RECORDS);
      if (!bases.isEmpty()) {
        assertThat(batch.baseOffset()).isEqualTo(bases.get(bases.size() - 1) + RECORDS);
      }
      bases.add(batch.baseOffset());
    }
    assertThat(RecordBatches.of(records).incompleteBytes()).isZero();
    return bases;
  }

  private static int size(PartitionData data) {
    ByteBuffer records = data.records();
    return records == null ? -1 : records.remaining();
  }

  private static FetchPartition partition(int index, long offset, int maxBytes) {
    return new FetchPartition()
        .partition(index)
        .fetchOffset(offset)
        .partitionMaxBytes(maxBytes)
        .currentLeaderEpoch(-1);
  }

  /** A request for the topic, which says its name in old versions and its id in new ones. */
  private FetchRequest request(int maxBytes, FetchPartition... partitions) {
    return new FetchRequest()
        .maxWaitMs(500)
        .minBytes(1)
        .maxBytes(maxBytes)
        .sessionEpoch(-1)
        .topics(
            List.of(
                new FetchRequest.FetchTopic()
                    .topic("orders")
                    .topicId(ordersId)
                    .partitions(Arrays.asList(partitions))));
  }
}
