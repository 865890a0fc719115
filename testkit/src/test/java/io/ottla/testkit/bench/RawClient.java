package io.ottla.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection on which a test says exactly what it wants, in the version it wants. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private int correlationId;

  RawClient(NullBroker broker) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
    socket.setSoTimeout(TIMEOUT_MS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  <R extends ResponseMessage> R call(RequestMessage<R> request, int version) throws IOException {
    write(frame(request, version));
    return read(request, version);
  }

  /** The request as it goes over the wire. */
  byte[] frame(RequestMessage<?> request, int version) {
    correlationId++;
    ApiKey api = request.apiKey();
    RequestHeader header =
        new RequestHeader()
            .requestApiKey(api.id())
            .requestApiVersion((short) version)
            .correlationId(correlationId)
            .clientId("raw");
    short headerVersion = api.requestHeaderVersion(version);
    int size = header.size(headerVersion) + request.size(version);
    WireWriter out = WireWriter.ofSize(4 + size);
    out.writeInt32(size);
    header.write(out, headerVersion);
    request.write(out, version);
    ByteBuffer bytes = out.toByteBuffer();
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    return frame;
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Reads the next answer, which is to be that of a request. */
  <R extends ResponseMessage> R read(RequestMessage<R> request, int version) throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    WireReader reader = WireReader.of(ByteBuffer.wrap(frame));
    ResponseHeader header = new ResponseHeader();
    header.read(reader, request.apiKey().responseHeaderVersion(version));
    assertThat(header.correlationId()).isPositive();
    R response = request.newResponse();
    response.read(reader, version);
    assertThat(reader.remaining()).as("bytes behind the answer").isZero();
    return response;
  }

  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
