package io.ottla.testkit.internal.admin;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection to a real broker; one request at a time. */
final class RealBroker implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;

  private final Socket socket;
  private int correlationId;

  RealBroker(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MS);
  }

  <R extends ResponseMessage> R ask(RequestMessage<R> request, int version) {
    try {
      send(request, version);
      return receive(request, version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(RequestMessage<?> request, int version) throws IOException {
    WireWriter out = WireWriter.gathering();
    new RequestHeader()
        .requestApiKey(request.apiKey().id())
        .requestApiVersion((short) version)
        .correlationId(++correlationId)
        .clientId("test")
        .write(out, request.apiKey().requestHeaderVersion(version));
    request.write(out, version);
    ByteBuffer bytes = out.toByteBuffer();
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    DataOutputStream stream =
        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    stream.writeInt(frame.length);
    stream.write(frame);
    stream.flush();
  }

  private <R extends ResponseMessage> R receive(RequestMessage<R> request, int version)
      throws IOException {
    DataInputStream stream = new DataInputStream(socket.getInputStream());
    byte[] frame = new byte[stream.readInt()];
    stream.readFully(frame);
    WireReader in = WireReader.of(ByteBuffer.wrap(frame));
    new ResponseHeader().read(in, request.apiKey().responseHeaderVersion(version));
    R response = request.newResponse();
    response.read(in, version);
    return response;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
