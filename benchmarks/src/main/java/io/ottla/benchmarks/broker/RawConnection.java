package io.ottla.benchmarks.broker;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that says the same again and again, and looks at no answer. One thread at a time.
 */
final class RawConnection implements AutoCloseable {
  static final String TOPIC = "orders";

  private static final int FETCH_VERSION = 12;
  private static final int PRODUCE_VERSION = 9;
  private static final int MAX_IN_FLIGHT = 5;
  private static final int PARTITION_MAX_BYTES = 2 << 20;
  private static final int BUFFER_BYTES = 256 << 10;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private @Nullable ByteBuffer request;
  private int inFlight;

  RawConnection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends a fetch for all partitions, and reads an answer if enough are under way. */
  void fetch(int partitions) throws IOException {
    if (request == null) {
      request = frame(fetchRequest(partitions, PARTITION_MAX_BYTES), FETCH_VERSION);
    }
    // The broker answers one at a time: two are enough to keep it from waiting for us.
    exchange(request, 2);
  }

  /** Sends a batch to each partition, and reads an answer if enough are under way. */
  void produce(byte[] batch, int partitions) throws IOException {
    if (request == null) {
      request = frame(produceRequest(batch, partitions), PRODUCE_VERSION);
    }
    exchange(request, MAX_IN_FLIGHT);
  }

  /** Reads all answers that are under way. */
  void drain() throws IOException {
    while (inFlight > 0) {
      skipAnswer();
    }
  }

  /** The batch that the broker serves, as it came. */
  byte[] firstBatch() throws IOException {
    write(frame(fetchRequest(1, 1), FETCH_VERSION));
    ByteBuffer answer = ByteBuffer.allocate(readInt());
    while (answer.hasRemaining()) {
      fill();
      while (answer.hasRemaining() && in.hasRemaining()) {
        answer.put(in.get());
      }
    }
    WireReader reader = WireReader.of(answer.flip());
    new ResponseHeader().read(reader, ApiKey.FETCH.responseHeaderVersion(FETCH_VERSION));
    FetchResponse response = new FetchResponse();
    response.read(reader, FETCH_VERSION);
    ByteBuffer records =
        Objects.requireNonNull(response.responses().get(0).partitions().get(0).records());
    byte[] batch = new byte[records.remaining()];
    records.get(batch);
    return batch;
  }

  private void exchange(ByteBuffer frame, int maxInFlight) throws IOException {
    write(frame.rewind());
    inFlight++;
    while (inFlight >= maxInFlight) {
      skipAnswer();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void skipAnswer() throws IOException {
    int left = readInt();
    while (left > 0) {
      fill();
      int skipped = Math.min(left, in.remaining());
      in.position(in.position() + skipped);
      left -= skipped;
    }
    inFlight--;
  }

  private int readInt() throws IOException {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      fill();
      value = value << Byte.SIZE | (in.get() & 0xFF);
    }
    return value;
  }

  /** Reads more if nothing is left. */
  private void fill() throws IOException {
    if (!in.hasRemaining()) {
      int read = channel.read(in.clear());
      in.flip();
      if (read < 0) {
        throw new EOFException("the broker closed the connection");
      }
    }
  }

  private static FetchRequest fetchRequest(int partitions, int maxBytes) {
    List<FetchRequest.FetchPartition> asked = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      asked.add(
          new FetchRequest.FetchPartition()
              .partition(i)
              .currentLeaderEpoch(-1)
              .partitionMaxBytes(maxBytes));
    }
    return new FetchRequest()
        .maxWaitMs(500)
        .minBytes(1)
        .maxBytes(50 << 20)
        .sessionEpoch(-1)
        .topics(List.of(new FetchRequest.FetchTopic().topic(TOPIC).partitions(asked)));
  }

  private static ProduceRequest produceRequest(byte[] batch, int partitions) {
    List<ProduceRequest.PartitionProduceData> data = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      data.add(new ProduceRequest.PartitionProduceData().index(i).records(ByteBuffer.wrap(batch)));
    }
    return new ProduceRequest()
        .acks((short) -1)
        .timeoutMs(30_000)
        .topicData(List.of(new ProduceRequest.TopicProduceData().name(TOPIC).partitionData(data)));
  }

  private static ByteBuffer frame(RequestMessage<?> message, int version) {
    ApiKey api = message.apiKey();
    RequestHeader header =
        new RequestHeader()
            .requestApiKey(api.id())
            .requestApiVersion((short) version)
            .clientId("null-broker-cost");
    short headerVersion = api.requestHeaderVersion(version);
    int size = header.size(headerVersion) + message.size(version);
    WireWriter out = WireWriter.ofSize(Integer.BYTES + size);
    out.writeInt32(size);
    header.write(out, headerVersion);
    message.write(out, version);
    return ByteBuffer.allocateDirect(Integer.BYTES + size).put(out.toByteBuffer()).flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
