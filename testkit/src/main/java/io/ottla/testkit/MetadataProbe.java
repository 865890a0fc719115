package io.ottla.testkit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Asks a node which brokers it knows: one Metadata request (version 2, for no topic) in its bytes,
 * because a test kit that used the client under test could not find it wrong.
 */
final class MetadataProbe {
  private static final short METADATA = 3;
  private static final short VERSION = 2;
  private static final int CORRELATION_ID = 0x0771A;
  private static final String CLIENT_ID = "ottla-testkit";
  private static final int MAX_RESPONSE_BYTES = 1 << 20;

  private MetadataProbe() {}

  /**
   * A cluster as one node sees it; fenced brokers, such as those that have only begun to start, are
   * not in it.
   */
  record Answer(String clusterId, Set<Integer> brokers) {}

  static Answer ask(int port, int timeoutMs) throws IOException {
    try (Socket socket = connect(port, timeoutMs)) {
      socket.setSoTimeout(timeoutMs);
      writeRequest(new DataOutputStream(socket.getOutputStream()));
      return readResponse(new DataInputStream(socket.getInputStream()));
    }
  }

  /** Whether somebody listens on the port of 127.0.0.1. */
  static boolean accepts(int port, int timeoutMs) {
    try (Socket socket = connect(port, timeoutMs)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static Socket connect(int port, int timeoutMs) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMs);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void writeRequest(DataOutputStream out) throws IOException {
    byte[] clientId = CLIENT_ID.getBytes(StandardCharsets.UTF_8);
    out.writeInt(2 + 2 + 4 + 2 + clientId.length + 4);
    out.writeShort(METADATA);
    out.writeShort(VERSION);
    out.writeInt(CORRELATION_ID);
    out.writeShort(clientId.length);
    out.write(clientId);
    out.writeInt(0); // no topics
    out.flush();
  }

  private static Answer readResponse(DataInputStream socket) throws IOException {
    int length = socket.readInt();
    if (length < 0 || length > MAX_RESPONSE_BYTES) {
      throw new IOException("not an answer of Kafka: length " + length);
    }
    byte[] response = new byte[length];
    socket.readFully(response);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(response));
    int correlationId = in.readInt();
    if (correlationId != CORRELATION_ID) {
      throw new IOException("not the answer to our request: correlation id " + correlationId);
    }
    Set<Integer> brokers = new HashSet<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      brokers.add(in.readInt());
      readString(in); // host
      in.readInt(); // port
      readString(in); // rack
    }
    return new Answer(readString(in), brokers);
  }

  /** A string, or an empty one for null. */
  private static String readString(DataInputStream in) throws IOException {
    int length = in.readShort();
    return length < 0 ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
