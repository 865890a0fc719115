package io.ottla.testkit.fake;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client that does one thing after another, in the newest versions. One thread at a time. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final String clientId;
  private int lastSent;

  RawClient(int port, String clientId) {
    this.clientId = clientId;
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MS);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <R extends ResponseMessage> R ask(RequestMessage<R> request) throws IOException {
    send(request);
    return receive(request);
  }

  void send(RequestMessage<?> request) throws IOException {
    ApiKey api = request.apiKey();
    int version = api.highestVersion();
    WireWriter out = WireWriter.ofSize(128);
    new RequestHeader()
        .requestApiKey(api.id())
        .requestApiVersion((short) version)
        .correlationId(++lastSent)
        .clientId(clientId)
        .write(out, api.requestHeaderVersion(version));
    request.write(out, version);
    ByteBuffer body = out.toByteBuffer();
    ByteBuffer frame = ByteBuffer.allocate(4 + body.remaining());
    frame.putInt(body.remaining()).put(body);
    socket.getOutputStream().write(frame.array());
  }

  <R extends ResponseMessage> R receive(RequestMessage<R> request) throws IOException {
    int version = request.apiKey().highestVersion();
    WireReader frame = WireReader.of(receiveFrame());
    new ResponseHeader().read(frame, request.apiKey().responseHeaderVersion(version));
    R response = request.newResponse();
    response.read(frame, version);
    return response;
  }

  int receiveCorrelationId() throws IOException {
    return receiveFrame().getInt();
  }

  int lastSent() {
    return lastSent;
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  byte[] readToTheEnd() throws IOException {
    return in.readAllBytes();
  }

  int available() throws IOException {
    return in.available();
  }

  private ByteBuffer receiveFrame() throws IOException {
    return ByteBuffer.wrap(readBytes(in.readInt()));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
