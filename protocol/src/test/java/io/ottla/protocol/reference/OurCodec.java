package io.ottla.protocol.reference;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.Message;
import java.nio.ByteBuffer;

/** Our own reading and writing, on plain arrays. */
final class OurCodec {
  private OurCodec() {}

  static byte[] write(Message message, int version) {
    WireWriter out = WireWriter.ofSize(message.size(version));
    message.write(out, version);
    return bytes(out);
  }

  /** What was written so far. */
  static byte[] bytes(WireWriter out) {
    return array(out.toByteBuffer());
  }

  /** As {@link #write}, but records stay where they are until the end. */
  static byte[] gather(Message message, int version) {
    WireWriter out = WireWriter.gathering();
    message.write(out, version);
    ByteBuffer all =
        ByteBuffer.allocate(out.segments().stream().mapToInt(ByteBuffer::remaining).sum());
    out.segments().forEach(all::put);
    return array(all.flip());
  }

  /** Reads into {@code message}; returns the bytes that it left. */
  static int read(Message message, ByteBuffer bytes, int version) {
    WireReader in = WireReader.of(bytes);
    message.read(in, version);
    return in.remaining();
  }

  private static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
