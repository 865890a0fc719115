package io.ottla.testkit.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import io.ottla.testkit.internal.log.LogSettings;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.loop.ManualTimers;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Three brokers that serve Fetch; broker 1 leads unless a test says otherwise. */
abstract class FetchTestBase {
  static final int NEWEST = FetchRequest.HIGHEST_VERSION;

  /** The newest version that names topics. */
  static final int WITH_NAMES = 12;

  final ManualTimers timers = new ManualTimers();
  final Topics topics = new Topics(config -> new PartitionLog(timers, LogSettings.DEFAULTS));
  final FakeBrokers brokers = new FakeBrokers();
  final Settings settings = new Settings();
  final FetchHandler handler = new FetchHandler(topics, brokers, timers, settings, new Random(1));

  /** What a test changes. */
  static final class Settings implements FetchSettings {
    int maxSessions = 1_000;
    int maxBytes = FetchSettings.DEFAULTS.maxBytes();
    boolean isRackAware;
    boolean refusesZstdToOldReaders;
    int throttleMillis;

    @Override
    public int maxSessions() {
      return maxSessions;
    }

    @Override
    public int maxBytes() {
      return maxBytes;
    }

    @Override
    public boolean isRackAware() {
      return isRackAware;
    }

    @Override
    public boolean refusesZstdToOldReaders() {
      return refusesZstdToOldReaders;
    }

    @Override
    public int throttleMillis(int brokerId) {
      return throttleMillis;
    }
  }

  final Topic create(String name, int partitions) {
    return create(name, partitions, Map.of());
  }

  final Topic create(String name, int partitions, Map<String, String> config) {
    return topics.create(name, Collections.nCopies(partitions, List.of(1, 2, 3)), config);
  }

  final Partition partition(String topic, int index) {
    return Objects.requireNonNull(topics.find(topic, index));
  }

  final void append(String topic, int index, ByteBuffer... batches) {
    Partition partition = partition(topic, index);
    for (ByteBuffer batch : batches) {
      partition.log().appendUnchecked(batch, partition.leaderEpoch());
    }
  }

  /** Asks broker 1. */
  final FakeExchange send(FetchRequest request, int version) {
    return sendTo(1, request, version);
  }

  final FakeExchange sendTo(int brokerId, FetchRequest request, int version) {
    FakeExchange exchange = new FakeExchange(request, version, brokerId);
    handler.handle(exchange);
    return exchange;
  }

  /** The answer, which must be there at once. */
  final FetchResponse fetch(FetchRequest request, int version) {
    return send(request, version).response();
  }

  /** The only partition of an answer. */
  static PartitionData only(FetchResponse response) {
    assertThat(response.responses()).hasSize(1);
    assertThat(response.responses().get(0).partitions()).hasSize(1);
    return response.responses().get(0).partitions().get(0);
  }

  /** The bytes of its records. */
  static int size(PartitionData data) {
    return Objects.requireNonNull(data.records()).remaining();
  }

  static ErrorCode error(PartitionData data) {
    return ErrorCode.of(data.errorCode());
  }

  static ErrorCode error(FetchResponse response) {
    return ErrorCode.of(response.errorCode());
  }
}
