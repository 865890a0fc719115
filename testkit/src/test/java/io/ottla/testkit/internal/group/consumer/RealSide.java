package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.KafkaServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real broker over one socket. All its groups live in one shard of its coordinator. */
final class RealSide implements Side {
  static final String ONE_SHARD = "offsets.topic.num.partitions=1";
  static final String NO_ASSIGNMENT_INTERVAL = "group.consumer.assignment.interval.ms=0";

  private static final int TIMEOUT_MS = 30_000;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final Map<UUID, String> names = new HashMap<>();
  private int probes;

  RealSide(KafkaServer kafka) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), kafka.nodes().get(0).port());
      socket.setSoTimeout(TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      out = new DataOutputStream(socket.getOutputStream());
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Asking makes the broker create the topic that its coordinator needs; then that has to load.
    Awaitility.await().atMost(Duration.ofMillis(TIMEOUT_MS)).until(this::coordinates);
  }

  private boolean coordinates() {
    ask(new FindCoordinatorRequest().coordinatorKeys(List.of("any")), 4);
    ErrorCode error = Side.error(probe("no-such-topic").errorCode());
    return error == ErrorCode.NONE;
  }

  @Override
  public <Q extends RequestMessage<R>, R extends ResponseMessage> R ask(Q request, int version) {
    ApiKey api = request.apiKey();
    RequestHeader header =
        new RequestHeader()
            .requestApiKey(api.id())
            .requestApiVersion((short) version)
            .clientId("client");
    WireWriter frame = WireWriter.ofSize(256 + request.size(version));
    header.write(frame, api.requestHeaderVersion(version));
    request.write(frame, version);
    ByteBuffer bytes = frame.toByteBuffer();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    try {
      out.writeInt(copy.length);
      out.write(copy);
      out.flush();
      byte[] answer = new byte[in.readInt()];
      in.readFully(answer);
      WireReader reader = WireReader.of(ByteBuffer.wrap(answer));
      new ResponseHeader().read(reader, api.responseHeaderVersion(version));
      R response = request.newResponse();
      response.read(reader, version);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public UUID createTopic(String name, int partitions) {
    CreateTopicsRequest.CreatableTopic topic =
        new CreateTopicsRequest.CreatableTopic()
            .name(name)
            .numPartitions(partitions)
            .replicationFactor((short) 1);
    CreateTopicsRequest request = new CreateTopicsRequest().timeoutMs(TIMEOUT_MS);
    request.topics().add(topic);
    UUID id = ask(request, 7).topics().get(0).topicId();
    names.put(id, name);
    awaitCount(name, partitions);
    return id;
  }

  @Override
  public void growTopic(String name, int partitions) {
    CreatePartitionsRequest request = new CreatePartitionsRequest().timeoutMs(TIMEOUT_MS);
    request
        .topics()
        .add(
            new CreatePartitionsRequest.CreatePartitionsTopic()
                .name(name)
                .count(partitions)
                .assignments(null));
    assertThat(ask(request, 3).results().get(0).errorCode()).isZero();
    awaitCount(name, partitions);
  }

  @Override
  public void deleteTopic(String name) {
    ask(new DeleteTopicsRequest().topicNames(List.of(name)).timeoutMs(TIMEOUT_MS), 5);
    names.values().remove(name);
    awaitCount(name, 0);
  }

  @Override
  public @Nullable String topicName(UUID id) {
    return names.get(id);
  }

  /** A group of its own is assigned what the coordinator knows. */
  private void awaitCount(String topic, int partitions) {
    Awaitility.await()
        .atMost(Duration.ofMillis(TIMEOUT_MS))
        .until(() -> count(probe(topic)) == partitions);
  }

  private ConsumerGroupHeartbeatResponse probe(String topic) {
    String group = "probe-" + probes++;
    ConsumerGroupHeartbeatResponse answer = ask(Scene.join("probe", topic).groupId(group), 1);
    ask(Scene.beat("probe", -1).groupId(group), 1);
    return answer;
  }

  private static int count(ConsumerGroupHeartbeatResponse answer) {
    ConsumerGroupHeartbeatResponse.Assignment assignment = answer.assignment();
    return assignment == null
        ? -1
        : assignment.topicPartitions().stream().mapToInt(t -> t.partitions().size()).sum();
  }

  @Override
  public void awaitMatches(String group) {
    Awaitility.await()
        .atMost(Duration.ofMillis(TIMEOUT_MS))
        .until(
            () -> {
              var described =
                  ask(new ConsumerGroupDescribeRequest().groupIds(List.of(group)), 1)
                      .groups()
                      .get(0);
              return described.groupEpoch() > described.assignmentEpoch();
            });
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
