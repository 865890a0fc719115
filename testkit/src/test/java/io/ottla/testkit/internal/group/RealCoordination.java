package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.KafkaNode;
import io.ottla.testkit.KafkaServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A real broker, asked over sockets. */
final class RealCoordination implements Coordination {
  private static final int TIMEOUT_MS = 8_000;
  private static final int CREATE_VERSION = 7;
  private static final int DELETE_VERSION = 5;
  private static final int METADATA_VERSION = 12;
  private static final int FIND_VERSION = 4;
  private static final int HEARTBEAT_VERSION = 4;

  private final KafkaNode node;
  private final List<Socket> sockets = new ArrayList<>();
  private final Peer admin;

  /** The only node of a cluster. */
  RealCoordination(KafkaServer kafka) {
    this(kafka.nodes().get(0));
    Awaitility.await()
        .atMost(Duration.ofMillis(TIMEOUT_MS))
        .until(() -> coordinates() && hasLoaded());
  }

  /** One node of several, which may coordinate or not. */
  RealCoordination(KafkaNode node) {
    this.node = node;
    this.admin = connect("admin");
  }

  /** The first question makes the broker create the topic of the offsets. */
  private boolean coordinates() {
    return admin
            .send(new FindCoordinatorRequest().coordinatorKeys(List.of("g")), FIND_VERSION)
            .await()
            .coordinators()
            .get(0)
            .errorCode()
        == ErrorCode.NONE.code();
  }

  /** A coordinator that is found may still have to load; it knows no member before. */
  private boolean hasLoaded() {
    HeartbeatRequest ofNobody =
        new HeartbeatRequest().groupId("g").memberId("nobody").generationId(1);
    return admin.send(ofNobody, HEARTBEAT_VERSION).await().errorCode()
        == ErrorCode.UNKNOWN_MEMBER_ID.code();
  }

  @Override
  public Peer connect(String clientId) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port());
      socket.setSoTimeout(TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      sockets.add(socket);
      return new SocketPeer(socket, clientId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public UUID createTopic(String name, int partitions) {
    CreateTopicsRequest request = new CreateTopicsRequest().timeoutMs(TIMEOUT_MS);
    request
        .topics()
        .add(
            new CreatableTopic().name(name).numPartitions(partitions).replicationFactor((short) 1));
    CreatableTopicResult created = admin.send(request, CREATE_VERSION).await().topics().get(0);
    assertThat(ErrorCode.of(created.errorCode())).isEqualTo(ErrorCode.NONE);
    Awaitility.await().until(() -> knows(name));
    return created.topicId();
  }

  @Override
  public void deleteTopic(String name) {
    DeleteTopicsRequest request =
        new DeleteTopicsRequest().topicNames(List.of(name)).timeoutMs(TIMEOUT_MS);
    assertThat(admin.send(request, DELETE_VERSION).await().responses().get(0).errorCode()).isZero();
    Awaitility.await().until(() -> !knows(name));
  }

  private boolean knows(String topic) {
    MetadataRequest request =
        new MetadataRequest()
            .topics(List.of(new MetadataRequestTopic().name(topic)))
            .allowAutoTopicCreation(false);
    MetadataResponse response = admin.send(request, METADATA_VERSION).await();
    return response.topics().get(0).errorCode() == ErrorCode.NONE.code();
  }

  @Override
  public int brokerId() {
    return node.id();
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A client with a socket. */
  private static final class SocketPeer implements Peer {
    private static final int HEADER_BYTES = 256;

    private final DataOutputStream out;
    private final DataInputStream in;
    private final String clientId;

    SocketPeer(Socket socket, String clientId) throws IOException {
      this.out = new DataOutputStream(socket.getOutputStream());
      this.in = new DataInputStream(socket.getInputStream());
      this.clientId = clientId;
    }

    @Override
    public <Q extends RequestMessage<R>, R extends ResponseMessage> Reply<R> send(
        Q request, int version) {
      ApiKey api = request.apiKey();
      RequestHeader header =
          new RequestHeader()
              .requestApiKey(api.id())
              .requestApiVersion((short) version)
              .clientId(clientId);
      WireWriter frame = WireWriter.ofSize(HEADER_BYTES + request.size(version));
      header.write(frame, api.requestHeaderVersion(version));
      request.write(frame, version);
      ByteBuffer bytes = frame.toByteBuffer();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      try {
        out.writeInt(copy.length);
        out.write(copy);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      R response = request.newResponse();
      return () -> receive(response, api, version);
    }

    private <R extends ResponseMessage> R receive(R response, ApiKey api, int version) {
      try {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        WireReader reader = WireReader.of(ByteBuffer.wrap(bytes));
        new ResponseHeader().read(reader, api.responseHeaderVersion(version));
        response.read(reader, version);
        return response;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
