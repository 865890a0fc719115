package io.ottla.testkit.internal.version;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection to a real broker that sends one request and waits for what comes. */
final class Probe implements Closeable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;

  Probe(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MS);
  }

  /**
   * The response in the same version.
   *
   * @throws java.io.EOFException if the broker closes instead
   */
  <R extends ResponseMessage> R ask(RequestMessage<R> request, int version) throws IOException {
    RequestHeader header =
        new RequestHeader()
            .requestApiKey(request.apiKey().id())
            .requestApiVersion((short) version)
            .correlationId(version)
            .clientId("probe");
    WireWriter out = WireWriter.ofSize(64);
    header.write(out, request.apiKey().requestHeaderVersion(version));
    request.write(out, version);
    byte[] bytes = new byte[out.toByteBuffer().remaining()];
    out.toByteBuffer().get(bytes);
    DataOutputStream toBroker = new DataOutputStream(socket.getOutputStream());
    toBroker.writeInt(bytes.length);
    toBroker.write(bytes);

    DataInputStream fromBroker = new DataInputStream(socket.getInputStream());
    byte[] answer = new byte[fromBroker.readInt()];
    fromBroker.readFully(answer);
    WireReader in = WireReader.of(ByteBuffer.wrap(answer));
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
