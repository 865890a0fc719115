package io.ottla.script;

import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseHeader;
import io.ottla.protocol.message.ResponseMessage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedServer}, seen from the server's side. */
public final class Peer {
  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** The server's side of a socket that a test accepted itself. */
  public static Peer over(Socket socket) throws IOException {
    return new Peer(socket);
  }

  /** The socket itself. */
  public Socket socket() {
    return socket;
  }

  /** The same connection after a TLS handshake, in which this side is the server. */
  public Peer overTls(SSLContext context, boolean asksForCertificate) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "client", 0, true);
    tls.setUseClientMode(false);
    tls.setNeedClientAuth(asksForCertificate);
    tls.startHandshake();
    return new Peer(tls);
  }

  /** The next so many bytes as they are. */
  public byte[] readBytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  /** The next request; EOF is an {@link EOFException}. */
  public Asked read() throws IOException {
    int length = in.readInt();
    byte[] frame = new byte[length];
    in.readFully(frame);
    return Asked.parse(ByteBuffer.wrap(frame));
  }

  /** Reads and drops whatever comes, until the other side closes. */
  public void readToTheEnd() throws IOException {
    byte[] some = new byte[8192];
    int read = in.read(some);
    while (read >= 0) {
      read = in.read(some);
    }
  }

  /** Sends bytes as they are. */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends text as it is. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Answers a request in its version. */
  public void answer(Asked asked, ResponseMessage response) throws IOException {
    send(frame(asked.correlationId(), asked.key(), response, asked.version()));
  }

  /** Answers a request by a function. */
  public void answer(Asked asked, Function<Asked, ResponseMessage> answers) throws IOException {
    answer(asked, answers.apply(asked));
  }

  /** Answers the question for versions with all that Ottla knows. */
  public void tellVersions() throws IOException {
    tellVersions(allVersions());
  }

  /** Answers the question for versions with these highest ones. */
  public void tellVersions(Map<ApiKey, Integer> highest) throws IOException {
    Asked asked = read();
    if (asked.key() != ApiKey.API_VERSIONS) {
      throw new IOException("asked for " + asked.key() + " first");
    }
    answer(asked, versions(highest));
  }

  /** Cuts the connection with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** A whole frame of a response. */
  public static byte[] frame(int correlationId, ApiKey key, ResponseMessage response, int version) {
    ResponseHeader header = new ResponseHeader().correlationId(correlationId);
    int headerVersion = key.responseHeaderVersion(version);
    int size = header.size(headerVersion) + response.size(version);
    WireWriter writer = WireWriter.ofSize(4 + size);
    writer.writeInt32(size);
    header.write(writer, headerVersion);
    response.write(writer, version);
    ByteBuffer bytes = writer.toByteBuffer();
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    return frame;
  }

  /** Every request in the highest version that Ottla knows. */
  public static Map<ApiKey, Integer> allVersions() {
    Map<ApiKey, Integer> highest = new EnumMap<>(ApiKey.class);
    for (ApiKey key : ApiKey.values()) {
      highest.put(key, (int) key.highestVersion());
    }
    return highest;
  }

  /** The answer that names them. */
  public static ApiVersionsResponse versions(Map<ApiKey, Integer> highest) {
    ApiVersionsResponse response = new ApiVersionsResponse();
    highest.forEach(
        (key, version) ->
            response
                .apiKeys()
                .add(
                    new ApiVersionsResponse.ApiVersion()
                        .apiKey(key.id())
                        .minVersion((short) 0)
                        .maxVersion((short) (int) version)));
    return response;
  }

  /**
   * Reads a request's body.
   *
   * @param <T> the request's type
   */
  public static <T extends RequestMessage<?>> T body(Asked asked, Class<T> type) {
    return type.cast(asked.body());
  }
}
