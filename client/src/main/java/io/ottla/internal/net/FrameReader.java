package io.ottla.internal.net;

import io.netty.buffer.ByteBuf;
import io.ottla.internal.runtime.LoopConfined;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a peer sends into frames: a length of four bytes, then so many bytes.
 *
 * <p>Believes no length: memory for a frame grows with the bytes that came, never more than twice
 * them beyond a small start. A frame that came in one piece and need not be kept is handed on where
 * it lies; all others in an array of their own.
 *
 * <p>Thread: the loop's. The bytes read stay the caller's.
 */
@LoopConfined
final class FrameReader {
  private static final int LENGTH_BYTES = 4;
  private static final int LEAST_FRAME = 4; // a correlation id
  private static final int FIRST_BYTES = 64 << 10;
  private static final byte[] NOTHING = {};

  /** Where frames go. */
  interface Sink {
    /** Whether what comes next is kept, and so needs bytes of its own. */
    boolean keepsNextFrame();

    /** A frame without its length; its bytes are valid during the call unless they are kept. */
    void onFrame(ByteBuffer frame);

    /** The stream cannot be read any further. */
    void onViolation(String why);

    /** Whether what comes next may be shorter than any response. */
    boolean takesEmptyFrames();

    /** Whether it takes more. */
    boolean takesMore();
  }

  private final Endpoint peer;
  private final int maxFrameBytes;
  private final Sink sink;

  private boolean isFirstFrame = true;
  private int lengthBytes;
  private int length; // valid once lengthBytes is 4
  private byte[] body = NOTHING;
  private int bodyBytes;

  FrameReader(Endpoint peer, int maxFrameBytes, Sink sink) {
    this.peer = peer;
    this.maxFrameBytes = maxFrameBytes;
    this.sink = sink;
  }

  /** Whether anything ever came. */
  boolean heardSomething() {
    return !isFirstFrame || lengthBytes > 0;
  }

  /** Where the stream stands, for the message of one that ends here; empty between two frames. */
  String position() {
    if (lengthBytes == 0) {
      return "";
    }
    return lengthBytes < LENGTH_BYTES
        ? " in the middle of a response's length"
        : " in the middle of a response, after " + bodyBytes + " of " + length + " bytes";
  }

  void read(ByteBuf in) {
    while (in.isReadable() && sink.takesMore()) {
      if (lengthBytes < LENGTH_BYTES && !readLength(in)) {
        continue;
      }
      if (bodyBytes == 0 && in.readableBytes() >= length && !sink.keepsNextFrame()) {
        ByteBuffer whole = in.nioBuffer(in.readerIndex(), length);
        in.skipBytes(length);
        deliver(whole);
      } else {
        readBody(in);
      }
    }
  }

  /** Takes a byte of the length; true when it is complete and sound. */
  private boolean readLength(ByteBuf in) {
    length = length << 8 | in.readUnsignedByte();
    lengthBytes++;
    if (lengthBytes < LENGTH_BYTES) {
      return false;
    }
    String violation = violation();
    if (violation != null) {
      sink.onViolation(violation);
      return false;
    }
    if (length == 0) {
      deliver(ByteBuffer.wrap(NOTHING));
      return false;
    }
    return true;
  }

  private @Nullable String violation() {
    if (isFirstFrame && FirstBytes.areTls(length)) {
      return peer
          + " speaks TLS and this connection does not: connect with TLS (security.protocol = SSL or"
          + " SASL_SSL, or in code tls), or to a port that speaks plain text";
    }
    if (isFirstFrame && FirstBytes.areHttp(length)) {
      return peer + " speaks HTTP: it is a web server and no Kafka broker; check host and port";
    }
    int least = sink.takesEmptyFrames() ? 0 : LEAST_FRAME;
    if (length >= least && length <= maxFrameBytes) {
      return null;
    }
    return peer
        + " announced a response of "
        + FirstBytes.describe(length)
        + "; possible are "
        + LEAST_FRAME
        + " to "
        + maxFrameBytes
        + " (max.frame): "
        + (isFirstFrame ? "it is no Kafka broker" : "the stream is damaged")
        + ", or the limit is too small";
  }

  private void readBody(ByteBuf in) {
    int bytes = Math.min(length - bodyBytes, in.readableBytes());
    int needed = bodyBytes + bytes;
    if (needed > body.length) {
      long doubled = Math.max(FIRST_BYTES, 2L * body.length);
      body = Arrays.copyOf(body, (int) Math.min(length, Math.max(needed, doubled)));
    }
    in.readBytes(body, bodyBytes, bytes);
    bodyBytes = needed;
    if (bodyBytes == length) {
      deliver(ByteBuffer.wrap(body, 0, length));
    }
  }

  private void deliver(ByteBuffer frame) {
    isFirstFrame = false;
    lengthBytes = 0;
    length = 0;
    body = NOTHING;
    bodyBytes = 0;
    sink.onFrame(frame);
  }
}
