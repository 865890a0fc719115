package io.ottla.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NullBrokerProduceTest {
  private static final int LARGE = 3_000_000;

  private NullBroker broker;
  private RawClient client;
  private UUID ordersId;

  @SuppressWarnings("NullAway.Init") // set before each test
  NullBrokerProduceTest() {}

  @BeforeEach
  void start() throws IOException {
    broker = NullBroker.builder().topic("payments", 1).topic("orders", 4).start();
    client = new RawClient(broker);
    ordersId = client.call(new MetadataRequest().topics(null), 13).topics().get(1).topicId();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
  void offsets_count_on_in_each_partition(int version) throws IOException {
    ProduceRequest request = request(-1, partition(1, batch(3, 10)), partition(3, batch(5, LARGE)));

    ProduceResponse first = client.call(request, version);
    ProduceResponse second = client.call(request, version);

    assertThat(offsets(first)).containsExactly(0L, 0L);
    assertThat(offsets(second)).containsExactly(3L, 5L);
    assertThat(second.responses().get(0).partitionResponses())
        .extracting(PartitionProduceResponse::index)
        .containsExactly(1, 3);
    assertThat(broker.recordsIn()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 13})
  void a_request_is_understood_however_its_bytes_come(int version) throws IOException {
    byte[] frame =
        client.frame(
            request(1, partition(0, batch(2, 10)), partition(1, batch(1, 500_000))), version);
    int small = frame.length - 500_000;
    seen = broker.bytesIn();
    for (int cut = 1; cut < small; cut++) {
      client.write(Arrays.copyOf(frame, cut));
      // Only so far do the bytes come, until the broker has taken them.
      awaitBytesIn(cut);
      client.write(Arrays.copyOfRange(frame, cut, frame.length));
      awaitBytesIn(frame.length - cut);
      assertThat(offsets(client.read(new ProduceRequest(), version)))
          .as("cut after %d bytes", cut)
          .containsExactly((cut - 1) * 2L, cut - 1L);
    }
  }

  private long seen;

  private void awaitBytesIn(long more) {
    seen += more;
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofNanos(50_000))
        .until(() -> broker.bytesIn() >= seen);
  }

  @Test
  void requests_behind_each_other_are_answered_in_order() throws IOException {
    ProduceRequest request = request(-1, partition(0, batch(2, 100_000)));
    for (int i = 0; i < 5; i++) {
      client.write(client.frame(request, 9));
    }

    for (int i = 0; i < 5; i++) {
      assertThat(offsets(client.read(request, 9))).containsExactly(2L * i);
    }
  }

  @Test
  void with_acks_0_there_is_no_answer_and_the_offsets_count_on() throws IOException {
    client.write(client.frame(request(0, partition(0, batch(7, 10))), 9));

    assertThat(offsets(client.call(request(1, partition(0, batch(1, 10))), 9))).containsExactly(7L);
  }

  @Test
  void unknown_topics_and_partitions_and_strange_batches_are_refused() throws IOException {
    ByteBuffer old = batch(1, 10);
    old.put(16, (byte) 1);

    assertThat(errors(request(1, partition(4, batch(1, 10))), 9))
        .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(errors(request(1, partition(0, old), partition(1, ByteBuffer.allocate(60))), 9))
        .containsExactly(ErrorCode.INVALID_RECORD, ErrorCode.INVALID_RECORD);
    ordersId = new UUID(1, 2);
    assertThat(errors(request(1, partition(0, batch(1, 10))), 13))
        .containsExactly(ErrorCode.UNKNOWN_TOPIC_ID);
  }

  @Test
  void a_version_before_the_present_batches_ends_the_connection() throws IOException {
    client.write(client.frame(request(1, partition(0, batch(1, 10))), 2));

    assertThat(client.isAtEnd()).isTrue();
  }

  @Test
  void a_size_that_does_not_fit_its_content_ends_the_connection() throws IOException {
    for (int wrong : new int[] {-1, 1}) {
      try (RawClient other = new RawClient(broker)) {
        byte[] frame = other.frame(request(1, partition(0, batch(1, 10))), 9);
        ByteBuffer.wrap(frame).putInt(0, frame.length - 4 + wrong);
        other.write(frame);

        assertThat(other.isAtEnd()).isTrue();
      }
    }
  }

  private List<ErrorCode> errors(ProduceRequest request, int version) throws IOException {
    List<ErrorCode> errors = new ArrayList<>();
    client
        .call(request, version)
        .responses()
        .forEach(
            topic ->
                topic
                    .partitionResponses()
                    .forEach(one -> errors.add(ErrorCode.of(one.errorCode()))));
    return errors;
  }

  private static List<Long> offsets(ProduceResponse response) {
    List<Long> offsets = new ArrayList<>();
    response
        .responses()
        .forEach(
            topic ->
                topic
                    .partitionResponses()
                    .forEach(
                        one -> {
                          assertThat(one.errorCode()).isZero();
                          offsets.add(one.baseOffset());
                        }));
    return offsets;
  }

  private static ProduceRequest.PartitionProduceData partition(int index, ByteBuffer records) {
    return new ProduceRequest.PartitionProduceData().index(index).records(records);
  }

  /** A request for the topic, which says its name in old versions and its id in new ones. */
  private ProduceRequest request(int acks, ProduceRequest.PartitionProduceData... partitions) {
    return new ProduceRequest()
        .acks((short) acks)
        .timeoutMs(1000)
        .topicData(
            List.of(
                new ProduceRequest.TopicProduceData()
                    .name("orders")
                    .topicId(ordersId == null ? WireReader.ZERO_UUID : ordersId)
                    .partitionData(List.of(partitions))));
  }

  private static ByteBuffer batch(int records, int bytes) {
    BatchWriter writer = new BatchWriter(BufferPool.direct(0), 1 << 10, 16 << 20);
    for (int i = 0; i < records; i++) {
      writer.append(1_700_000_000_000L, null, new byte[bytes / records]);
    }
    ByteBuffer sealed = writer.seal(Compression.none()).number();
    return ByteBuffer.allocate(sealed.remaining()).put(sealed).flip();
  }
}
