package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/**
 * One connection to one broker that can say everything, also what no client would: any version,
 * several requests before the first answer, bytes that are no request.
 *
 * <p>Thread: one at a time; blocks, for 30 seconds at most.
 */
final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private String clientId = "behaviour";
  private int lastSent;
  private int lastReceived;

  RawConnection(InetSocketAddress address) {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(address, TIMEOUT_MS);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the next requests' headers say. */
  RawConnection clientId(String value) {
    clientId = value;
    return this;
  }

  /** Sends a request and awaits the answer. */
  <R extends ResponseMessage> R ask(RequestMessage<R> request, int version) {
    send(request, version);
    return receive(request, version);
  }

  /** Sends a request in its newest version and awaits the answer. */
  <R extends ResponseMessage> R ask(RequestMessage<R> request) {
    return ask(request, request.highestVersion());
  }

  /** Sends a request and waits for nothing. */
  void send(RequestMessage<?> request, int version) {
    sendBytes(frame(request, version));
  }

  /** A request as it goes over the wire, with its length. */
  byte[] frame(RequestMessage<?> request, int version) {
    WireWriter out = WireWriter.ofSize(request.size(version));
    request.write(out, version);
    ByteBuffer body = out.toByteBuffer();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    ApiKey api = request.apiKey();
    return frame(api.id(), version, api.requestHeaderVersion(version), bytes);
  }

  /** A request of an API and a version that need not exist. */
  byte[] frame(int api, int version, int headerVersion, byte[] body) {
    RequestHeader header =
        new RequestHeader()
            .requestApiKey((short) api)
            .requestApiVersion((short) version)
            .correlationId(++lastSent)
            .clientId(clientId);
    WireWriter out = WireWriter.ofSize(header.size(headerVersion));
    header.write(out, headerVersion);
    ByteBuffer bytes = out.toByteBuffer();
    return ByteBuffer.allocate(Integer.BYTES + bytes.remaining() + body.length)
        .putInt(bytes.remaining() + body.length)
        .put(bytes)
        .put(body)
        .array();
  }

  /** Sends bytes as they are. */
  void sendBytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Awaits the answer to a request, which must be the next one, and be of this form. */
  <R extends ResponseMessage> R receive(RequestMessage<R> request, int version) {
    R response = request.newResponse();
    WireReader reader = WireReader.of(receiveFrame());
    ResponseHeader header = new ResponseHeader();
    header.read(reader, request.apiKey().responseHeaderVersion(version));
    assertThat(header.correlationId()).as("correlation id").isEqualTo(++lastReceived);
    response.read(reader, version);
    assertThat(reader.remaining()).as("bytes behind %s", response).isZero();
    return response;
  }

  /** Says that the next request gets no answer. */
  void expectNoAnswer() {
    lastReceived++;
  }

  /** The bytes of the next answer, without their length. */
  ByteBuffer receiveFrame() {
    try {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return ByteBuffer.wrap(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Awaits the end of the connection, and fails if anything is said before it. */
  void awaitClosedByBroker() {
    assertThat(awaitLastWords()).as("said before the connection was closed").isEmpty();
  }

  /** Awaits the end of the connection, and tells what was said before it. */
  byte[] awaitLastWords() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        said.write(next);
      }
    } catch (SocketException e) {
      // A reset ends a connection too.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return said.toByteArray();
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
