package io.ottla.security;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SaslHandshakeResponse;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** The barest client there can be: it authenticates, and asks one question. */
final class SaslSocket implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;
  private final Socket socket;

  SaslSocket(int port) throws IOException {
    this.port = port;
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  /** Authenticates, and again if it is done already; what the broker refuses is the result. */
  SaslAuthenticateResponse authenticate(SaslMechanism mechanism) throws IOException {
    SaslHandshakeResponse agreed = ask(new SaslHandshakeRequest().mechanism(mechanism.name()), 1);
    if (agreed.errorCode() != ErrorCode.NONE.code()) {
      throw new IOException("the broker has " + agreed.mechanisms());
    }
    try (SaslExchange exchange = mechanism.begin(new SaslPeer("localhost", port))) {
      byte[] ours = exchange.first();
      while (true) {
        SaslAuthenticateResponse theirs = ask(new SaslAuthenticateRequest().authBytes(ours), 1);
        if (theirs.errorCode() != ErrorCode.NONE.code()) {
          exchange.refused();
          return theirs;
        }
        ours = exchange.next(theirs.authBytes());
        if (ours == null) {
          if (!exchange.isComplete()) {
            throw new IOException("nothing is left to be said, and it is not complete");
          }
          return theirs;
        }
      }
    }
  }

  /** Whether the broker serves us now. */
  String clusterId() throws IOException {
    MetadataResponse metadata = ask(new MetadataRequest(), 5);
    return String.valueOf(metadata.clusterId());
  }

  private <R extends ResponseMessage> R ask(RequestMessage<R> request, int version)
      throws IOException {
    socket.getOutputStream().write(frame(request, version));
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] answer = new byte[in.readInt()];
    in.readFully(answer);
    WireReader reader = WireReader.of(ByteBuffer.wrap(answer));
    new ResponseHeader().read(reader, request.apiKey().responseHeaderVersion(version));
    R response = request.newResponse();
    response.read(reader, version);
    return response;
  }

  private static byte[] frame(RequestMessage<?> request, int version) {
    ApiKey key = request.apiKey();
    RequestHeader header =
        new RequestHeader().requestApiKey(key.id()).requestApiVersion((short) version).clientId("");
    int headerVersion = key.requestHeaderVersion(version);
    int size = header.size(headerVersion) + request.size(version);
    WireWriter writer = WireWriter.ofSize(4 + size);
    writer.writeInt32(size);
    header.write(writer, headerVersion);
    request.write(writer, version);
    byte[] frame = new byte[4 + size];
    writer.toByteBuffer().get(frame);
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
