package io.ottla;

import static io.ottla.producer.ProducerRecord.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ottla.error.BufferFullException;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.RefusedException;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Broker#produce} sends and makes of the answers. */
@Timeout(30)
final class BrokerProduceTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  /** Answers metadata, and Produce with base offset 100 for each partition. */
  private ResponseMessage answer(Asked request) {
    asked.add(request);
    return request.key() == ApiKey.METADATA
        ? Answering.metadataOf(request)
        : Answering.written(request);
  }

  private Broker open(ScriptedServer server) {
    return Ottla.broker("127.0.0.1", server.port());
  }

  private List<Asked> produced() {
    return asked.stream().filter(request -> request.key() == ApiKey.PRODUCE).toList();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> one(String topic, int partition, String value) {
    return record(topic, partition, bytes("k"), bytes(value));
  }

  @SuppressWarnings("NullAway") // takes the annotation of the array for one of its elements
  private static Header nullHeader() {
    return new Header("h", null);
  }

  private static List<String> values(ProduceRequest.PartitionProduceData partition) {
    List<String> values = new ArrayList<>();
    for (RecordBatch batch : RecordBatches.of(Objects.requireNonNull(partition.records()))) {
      try (RecordCursor record = batch.cursor()) {
        while (record.next()) {
          values.add(new String(Objects.requireNonNull(record.value()), UTF_8));
        }
      }
    }
    return values;
  }

  // Grouped by partition, order kept.
  @Test
  @Scenario("L6")
  void records_are_grouped_by_partition_in_their_order() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      List<ProduceResult> results =
          get(
              broker.produce(
                  List.of(
                      one("b", 1, "1"),
                      one("a", 0, "2"),
                      one("b", 1, "3"),
                      one("b", 0, "4"),
                      one("a", 0, "5")),
                  Acks.ALL));

      assertThat(results)
          .extracting(ProduceResult::topic, ProduceResult::partition, ProduceResult::records)
          .containsExactly(tuple("b", 1, 2), tuple("a", 0, 2), tuple("b", 0, 1));
      assertThat(results).allMatch(ProduceResult::isWritten);
      assertThat(results).extracting(ProduceResult::baseOffset).containsOnly(100L);
      assertThat(results).extracting(ProduceResult::logStartOffset).containsOnly(3L);
      ProduceRequest request = Peer.body(produced().get(0), ProduceRequest.class);
      assertThat(request.acks()).isEqualTo((short) -1);
      assertThat(request.topicData().get(0).topicId()).isEqualTo(Answering.idOf("b"));
      assertThat(values(request.topicData().get(0).partitionData().get(0)))
          .containsExactly("1", "3");
      assertThat(values(request.topicData().get(0).partitionData().get(1))).containsExactly("4");
      assertThat(values(request.topicData().get(1).partitionData().get(0)))
          .containsExactly("2", "5");
    }
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  @Test
  void topic_ids_are_asked_for_once() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      get(broker.produce(List.of(one("a", 0, "1")), Acks.ALL));
      get(broker.produce(List.of(one("a", 1, "2"), one("b", 0, "3")), Acks.ALL));
      get(broker.produce(List.of(one("b", 0, "4")), Acks.ALL));

      assertThat(asked.stream().filter(request -> request.key() == ApiKey.METADATA)).hasSize(2);
    }
  }

  // The unknown one fails by itself.
  @Test
  @Scenario("L2")
  void an_unknown_topic_fails_by_itself_and_is_asked_for_again() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      for (int i = 0; i < 2; i++) {
        List<ProduceResult> results =
            get(broker.produce(List.of(one("unknown", 0, "1"), one("a", 0, "2")), Acks.ALL));

        assertThat(results)
            .extracting(ProduceResult::error)
            .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.NONE);
        assertThat(results.get(0).message()).isNotBlank();
        assertThat(results.get(0).baseOffset()).isEqualTo(-1);
      }
      assertThat(get(broker.produce(List.of(one("unknown", 0, "1")), Acks.ALL)).get(0).isWritten())
          .isFalse();
      assertThat(produced()).hasSize(2);
      assertThat(asked.stream().filter(request -> request.key() == ApiKey.METADATA)).hasSize(3);
    }
  }

  @Test
  void a_partition_s_error_is_its_result() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      ProduceResult result = get(broker.produce(List.of(one("a", 9, "1")), Acks.ALL)).get(0);

      assertThat(result.error()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
      assertThat(result.message()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE.message());
      assertThat(result.baseOffset()).isEqualTo(-1);
    }
  }

  // Newest versions, and yet no ids.
  @Test
  @Scenario("G99")
  void a_broker_without_topic_ids_is_called_by_name() throws Exception {
    Script nameless =
        Answering.with(
            request -> {
              asked.add(request);
              if (request.key() == ApiKey.PRODUCE) {
                return Answering.written(request);
              }
              var response = Answering.metadataOf(request);
              response.topics().forEach(topic -> topic.topicId(new UUID(0, 0)));
              return response;
            });
    try (ScriptedServer server = ScriptedServer.playing(nameless);
        Broker broker = open(server)) {
      assertThat(get(broker.produce(List.of(one("a", 0, "1")), Acks.ALL)).get(0).isWritten())
          .isTrue();

      assertThat(produced().get(0).version()).isEqualTo(12);
      assertThat(Peer.body(produced().get(0), ProduceRequest.class).topicData().get(0).name())
          .isEqualTo("a");
    }
  }

  @Test
  void old_brokers_get_message_sets() throws Exception {
    for (int version : new int[] {0, 1, 2}) {
      asked.clear();
      Map<ApiKey, Integer> versions = new EnumMap<>(Peer.allVersions());
      versions.put(ApiKey.PRODUCE, version);
      try (ScriptedServer server = ScriptedServer.playing(Answering.with(versions, this::answer));
          Broker broker = open(server)) {
        get(
            broker.produce(
                List.of(one("a", 0, "1"), one("a", 0, "2")),
                Acks.ALL,
                TIMEOUT,
                Compression.gzip()));

        assertThat(produced().get(0).version()).isEqualTo(version);
        var partition =
            Peer.body(produced().get(0), ProduceRequest.class)
                .topicData()
                .get(0)
                .partitionData()
                .get(0);
        assertThat(Objects.requireNonNull(partition.records()).get(16))
            .isEqualTo((byte) (version < 2 ? 0 : 1));
        assertThat(values(partition)).containsExactly("1", "2");

        Throwable headers =
            catchThrowable(
                () ->
                    get(
                        broker.produce(
                            List.of(one("a", 0, "1").withHeaders(List.of(nullHeader()))),
                            Acks.ALL)));
        assertThat(headers.getCause()).isInstanceOf(RefusedException.class);
        Throwable zstd =
            catchThrowable(
                () ->
                    get(
                        broker.produce(
                            List.of(one("a", 0, "1")), Acks.ALL, TIMEOUT, Compression.zstd())));
        assertThat(zstd.getCause())
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("zstd");
      }
    }
  }

  @Test
  @Scenario("L8")
  void without_acknowledgement_the_result_has_no_offset() throws Exception {
    CountDownLatch hasCome = new CountDownLatch(1);
    Script silent =
        peer -> {
          peer.tellVersions();
          peer.answer(peer.read(), Answering::metadataOf);
          peer.read();
          hasCome.countDown();
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(silent);
        Broker broker = open(server)) {
      ProduceResult result = get(broker.produce(List.of(one("a", 0, "1")), Acks.NONE)).get(0);

      assertThat(result.error()).isEqualTo(ErrorCode.NONE);
      assertThat(result.baseOffset()).isEqualTo(-1);
      assertThat(hasCome.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  // Also while topic ids are being asked for.
  @Test
  @Scenario("L5")
  void calls_of_one_thread_arrive_in_their_order() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      List<CompletableFuture<List<ProduceResult>>> all = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        all.add(broker.produce(List.of(one("t" + i % 7, 0, Integer.toString(i))), Acks.ALL));
      }
      for (CompletableFuture<List<ProduceResult>> each : all) {
        get(each);
      }
      List<String> come = new ArrayList<>();
      for (Asked request : produced()) {
        come.addAll(
            values(
                Peer.body(request, ProduceRequest.class)
                    .topicData()
                    .get(0)
                    .partitionData()
                    .get(0)));
      }
      assertThat(come).hasSize(500);
      assertThat(come.stream().map(Integer::valueOf).toList()).isSorted();
    }
  }

  @Test
  void results_are_kept_when_asked_for_and_taken_once() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = Ottla.broker("127.0.0.1", server.port(), o -> o.keepResults(3))) {
      assertThat(broker.readResponses(Duration.ofMillis(10))).isEmpty();

      CompletableFuture<List<ProduceResult>> sent =
          broker.produce(List.of(one("a", 0, "1"), one("a", 1, "2")), Acks.ALL);
      assertThat(broker.readResponses(TIMEOUT)).isEqualTo(get(sent)).hasSize(2);
      assertThat(broker.readResponses(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void no_more_results_are_kept_than_allowed_and_nothing_is_sent_beyond() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = Ottla.broker("127.0.0.1", server.port(), o -> o.keepResults(2))) {
      get(broker.produce(List.of(one("a", 0, "1"), one("a", 1, "2")), Acks.ALL));

      Throwable full =
          catchThrowable(() -> get(broker.produce(List.of(one("a", 0, "3")), Acks.ALL)));
      assertThat(full.getCause())
          .isInstanceOf(BufferFullException.class)
          .hasMessageContaining("readResponses");
      assertThat(produced()).hasSize(1);
      assertThat(broker.readResponses(TIMEOUT)).hasSize(2);

      get(broker.produce(List.of(one("a", 0, "3")), Acks.ALL));
      assertThat(broker.readResponses(TIMEOUT)).hasSize(1);
    }
  }

  @Test
  void a_call_that_failed_is_among_the_kept_results() throws Exception {
    Script cutting =
        peer -> {
          peer.tellVersions();
          peer.answer(peer.read(), Answering::metadataOf);
          peer.read();
        };
    try (ScriptedServer server = ScriptedServer.playing(cutting);
        Broker broker = Ottla.broker("127.0.0.1", server.port(), o -> o.keepResults(10))) {
      Throwable lost =
          catchThrowable(() -> get(broker.produce(List.of(one("a", 0, "1")), Acks.ALL)));

      assertThat(lost.getCause()).isInstanceOf(ConnectionLostException.class);
      List<ProduceResult> results = broker.readResponses(TIMEOUT);
      assertThat(results).hasSize(1);
      assertThat(results.get(0).error()).isEqualTo(ErrorCode.NETWORK_EXCEPTION);
      assertThat(results.get(0).message()).isEqualTo(lost.getCause().getMessage());
    }
  }

  @Test
  void waiting_for_results_ends_when_the_broker_is_closed() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer))) {
      Broker broker = Ottla.broker("127.0.0.1", server.port(), o -> o.keepResults(1));
      CompletableFuture<List<ProduceResult>> waiting =
          CompletableFuture.supplyAsync(
              () -> broker.readResponses(Duration.ofMinutes(10)),
              task -> new Thread(task, "reader").start());

      broker.close();

      assertThat(get(waiting)).isEmpty();
    }
  }

  @Test
  void misuse_is_refused_at_once() {
    try (Broker broker = Ottla.broker("127.0.0.1", 9)) {
      assertThatThrownBy(() -> broker.readResponses(Duration.ZERO))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("keepResults");
      assertThatThrownBy(
              () ->
                  broker.produce(
                      List.of(ProducerRecord.<byte[], byte[]>record("a", bytes("x"))), Acks.ALL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("names no partition");
      assertThat(broker.produce(List.of(), Acks.ALL)).isCompletedWithValue(List.of());
    }
  }

  @Test
  void nulls_headers_and_timestamps_travel() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      byte @Nullable [] none = null;
      get(
          broker.produce(
              List.of(
                  ProducerRecord.<byte[], byte[]>record("a", 0, none, none)
                      .withTimestampMs(1_234)
                      .withHeaders(List.of(nullHeader(), new Header("h", bytes("v")))),
                  record("a", 0, new byte[0], new byte[0])),
              Acks.LEADER));

      var partition =
          Peer.body(produced().get(0), ProduceRequest.class)
              .topicData()
              .get(0)
              .partitionData()
              .get(0);
      RecordBatch batch =
          RecordBatches.of(Objects.requireNonNull(partition.records())).iterator().next();
      try (RecordCursor cursor = batch.cursor()) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isNull();
        assertThat(cursor.value()).isNull();
        assertThat(cursor.timestamp()).isEqualTo(1_234);
        assertThat(cursor.headers()).containsExactly(nullHeader(), new Header("h", bytes("v")));
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEmpty();
        assertThat(cursor.value()).isEmpty();
        assertThat(cursor.timestamp()).isGreaterThan(1_600_000_000_000L);
      }
    }
  }
}
