package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.RefusedException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link Broker#fetch} sends and makes of the answers. */
@Timeout(30)
final class BrokerFetchTest {
  private static final FetchLimits LIMITS =
      new FetchLimits(5_000, 4_000, 3, Duration.ofMillis(200));

  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  private ResponseMessage answer(Asked request) {
    asked.add(request);
    return request.key() == ApiKey.METADATA ? Answering.metadataOf(request) : read(request);
  }

  /** One batch for each partition but number 5; the last first. */
  private static FetchResponse read(Asked request) {
    FetchResponse response = new FetchResponse();
    for (var topic : Peer.body(request, FetchRequest.class).topics()) {
      var answer =
          new FetchResponse.FetchableTopicResponse().topic(topic.topic()).topicId(topic.topicId());
      for (var partition : topic.partitions()) {
        if (partition.partition() != 5) {
          answer
              .partitions()
              .add(
                  new FetchResponse.PartitionData()
                      .partitionIndex(partition.partition())
                      .highWatermark(40)
                      .lastStableOffset(30)
                      .logStartOffset(20)
                      .records(batch(partition.fetchOffset())));
        }
      }
      Collections.reverse(answer.partitions());
      response.responses().add(answer);
    }
    Collections.reverse(response.responses());
    return response;
  }

  private static ByteBuffer batch(long baseOffset) {
    BatchWriter writer = new BatchWriter(BufferPool.direct(0), 100, 10_000);
    writer.append(1, null, new byte[7]);
    return writer.seal(Compression.none()).place(baseOffset, 1).number();
  }

  private static List<FetchResult> get(CompletableFuture<List<FetchResult>> future)
      throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static Broker open(ScriptedServer server) {
    return Ottla.broker("127.0.0.1", server.port());
  }

  @Test
  void results_come_in_the_order_of_the_positions() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      List<FetchResult> results =
          get(
              broker.fetch(
                  List.of(
                      new FetchPosition("a", 1, 21),
                      new FetchPosition("unknown", 0, 1),
                      new FetchPosition("b", 0, 22),
                      new FetchPosition("a", 5, 1),
                      new FetchPosition("a", 0, 23)),
                  LIMITS));

      assertThat(results)
          .extracting(FetchResult::error)
          .containsExactly(
              ErrorCode.NONE,
              ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
              ErrorCode.NONE,
              ErrorCode.UNKNOWN_SERVER_ERROR,
              ErrorCode.NONE);
      assertThat(results.get(3).message()).contains("did not mention");
      assertThat(offsets(results.get(0))).containsExactly(21);
      assertThat(offsets(results.get(2))).containsExactly(22);
      assertThat(offsets(results.get(4))).containsExactly(23);
      assertThat(results.get(0).highWatermark()).isEqualTo(40);
      assertThat(results.get(0).lastStableOffset()).isEqualTo(30);
      assertThat(results.get(0).logStartOffset()).isEqualTo(20);
    }
  }

  private static long[] offsets(FetchResult result) {
    long[] offsets = new long[1];
    for (RecordBatch batch : result.batches()) {
      batch.verifyCrc();
      offsets[0] = batch.baseOffset();
    }
    return offsets;
  }

  @Test
  void a_result_stays_as_it_is_while_the_connection_goes_on() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      FetchResult first = get(broker.fetch(List.of(new FetchPosition("a", 0, 1)), LIMITS)).get(0);
      for (int offset = 2; offset < 50; offset++) {
        get(broker.fetch(List.of(new FetchPosition("a", 0, offset)), LIMITS));
      }

      assertThat(offsets(first)).containsExactly(1);
    }
  }

  @Test
  void the_request_says_what_was_asked_for_and_has_no_session() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(this::answer));
        Broker broker = open(server)) {
      get(broker.fetch(List.of(new FetchPosition("a", 1, 21)), LIMITS));

      Asked fetch =
          asked.stream().filter(one -> one.key() == ApiKey.FETCH).findFirst().orElseThrow();
      FetchRequest request = Peer.body(fetch, FetchRequest.class);
      assertThat(fetch.version()).isEqualTo(ApiKey.FETCH.highestVersion());
      assertThat(request.sessionId()).isZero();
      assertThat(request.sessionEpoch()).isEqualTo(-1);
      assertThat(request.maxBytes()).isEqualTo(5_000);
      assertThat(request.minBytes()).isEqualTo(3);
      assertThat(request.maxWaitMs()).isEqualTo(200);
      assertThat(request.topics().get(0).topicId()).isEqualTo(Answering.idOf("a"));
      assertThat(request.topics().get(0).partitions().get(0).partitionMaxBytes()).isEqualTo(4_000);
      assertThat(request.topics().get(0).partitions().get(0).fetchOffset()).isEqualTo(21);
    }
  }

  // The late librdkafka bug of Fetch with zero topic ids (#4806).
  @Test
  @Scenario("G99")
  void without_ids_topics_are_called_by_name() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                Answering.with(
                    request -> {
                      asked.add(request);
                      if (request.key() != ApiKey.METADATA) {
                        return read(request);
                      }
                      var response = Answering.metadataOf(request);
                      response.topics().forEach(topic -> topic.topicId(new UUID(0, 0)));
                      return response;
                    }));
        Broker broker = open(server)) {
      assertThat(get(broker.fetch(List.of(new FetchPosition("a", 1, 21)), LIMITS)).get(0).error())
          .isEqualTo(ErrorCode.NONE);
      assertThat(asked).last().extracting(Asked::version).isEqualTo(12);
    }
  }

  @Test
  void old_brokers_are_asked_by_name_and_for_no_metadata() throws Exception {
    Map<ApiKey, Integer> versions = new EnumMap<>(Peer.allVersions());
    versions.put(ApiKey.FETCH, 0);
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(versions, this::answer));
        Broker broker = open(server)) {
      FetchResult result = get(broker.fetch(List.of(new FetchPosition("a", 1, 21)), LIMITS)).get(0);

      assertThat(offsets(result)).containsExactly(21);
      assertThat(asked).extracting(Asked::key).containsExactly(ApiKey.FETCH);
    }
  }

  // L197's sibling: an error of the whole response is an error of each position.
  @Test
  void an_error_of_the_whole_response_reaches_each_position() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                Answering.with(
                    request ->
                        request.key() == ApiKey.METADATA
                            ? Answering.metadataOf(request)
                            : new FetchResponse()
                                .errorCode(ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code())));
        Broker broker = open(server)) {
      assertThat(
              get(
                  broker.fetch(
                      List.of(new FetchPosition("a", 0, 0), new FetchPosition("b", 0, 0)), LIMITS)))
          .extracting(FetchResult::error)
          .containsOnly(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }
  }

  @Test
  void what_cannot_be_asked_is_refused() {
    try (Broker broker = Ottla.broker("127.0.0.1", 9, o -> o.maxFrameBytes(10_000))) {
      assertThatThrownBy(
              () ->
                  broker.fetch(
                      List.of(new FetchPosition("a", 0, 1), new FetchPosition("a", 0, 2)), LIMITS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a-0 is named twice");
      assertThat(
              catchThrowable(
                      () ->
                          get(
                              broker.fetch(
                                  List.of(new FetchPosition("a", 0, 1)), FetchLimits.defaults())))
                  .getCause())
          .isInstanceOf(RefusedException.class)
          .hasMessageContainingAll("52428800", "10000", "max.frame");
      assertThat(broker.fetch(List.of(), LIMITS)).isCompletedWithValue(List.of());
      assertThatThrownBy(() -> new FetchPosition("", 0, 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new FetchLimits(0, 1, 1, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new FetchLimits(1, 1, 1, Duration.ofDays(30)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
