package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestHeader;
import io.ottla.protocol.message.RequestMessage;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A request in the bytes that go to one connection. Records in it lie where they lay before.
 *
 * @param owner the connection whose versions and numbers it carries
 * @param correlationId the number by which the answer is known
 * @param version the version it is written in
 * @param segments all its bytes in order, the length first
 */
record RequestFrame(Connection owner, int correlationId, int version, List<ByteBuffer> segments) {
  private static final int LENGTH_BYTES = 4;

  /**
   * Encodes a call. Pure but for the number it takes; any thread.
   *
   * @throws OttlaException if the peer takes no version of it, or the version cannot carry it
   */
  static RequestFrame encode(Call<?> call, Connection connection) {
    int version = versionFor(call, connection);
    int correlationId = connection.nextCorrelationId();
    RequestMessage<?> request = call.request();
    ApiKey key = request.apiKey();
    try {
      RequestHeader header =
          new RequestHeader()
              .requestApiKey(key.id())
              .requestApiVersion((short) version)
              .correlationId(correlationId)
              .clientId(connection.settings().clientId());
      int headerVersion = key.requestHeaderVersion(version);
      int size = Math.addExact(header.size(headerVersion), request.size(version));
      WireWriter out = WireWriter.gathering();
      out.writeInt32(size);
      header.write(out, headerVersion);
      request.write(out, version);
      List<ByteBuffer> segments = out.segments();
      requireSize(LENGTH_BYTES + (long) size, segments);
      return new RequestFrame(connection, correlationId, version, segments);
    } catch (RuntimeException unwritable) {
      throw new RefusedException(
          call.name()
              + " v"
              + version
              + " to "
              + connection.endpoint()
              + " not sent: "
              + unwritable.getMessage(),
          SendOutcome.NOT_SENT,
          unwritable);
    }
  }

  private static int versionFor(Call<?> call, Connection connection) {
    ApiKey key = call.request().apiKey();
    PeerVersions theirs = connection.versions();
    if (theirs == null || call.isOwn()) {
      return call.pinnedVersion(); // the connection knows what it asks
    }
    if (!call.hasPinnedVersion()) {
      int version = Math.min(theirs.highestCommon(key), call.highestVersion());
      if (version >= 0 && theirs.takes(key, version)) {
        return version;
      }
    } else if (theirs.takes(key, call.pinnedVersion())) {
      return call.pinnedVersion();
    }
    String wanted =
        call.hasPinnedVersion()
            ? "version " + call.pinnedVersion() + " is needed"
            : "Ottla has versions "
                + key.lowestVersion()
                + " to "
                + Math.min(key.highestVersion(), call.highestVersion());
    throw new UnsupportedVersionException(
        call.name()
            + " not sent: "
            + connection.endpoint()
            + " "
            + theirs.describe(key)
            + (theirs.isAssumed() ? " (assumed of Kafka before 0.10)" : "")
            + ", "
            + wanted);
  }

  /** A request that somebody changes while it is encoded must not damage the stream. */
  private static void requireSize(long expected, List<ByteBuffer> segments) {
    long written = 0;
    for (ByteBuffer segment : segments) {
      written += segment.remaining();
    }
    if (written != expected) {
      throw new IllegalStateException(
          "its size changed from " + expected + " to " + written + " bytes while it was encoded");
    }
  }
}
