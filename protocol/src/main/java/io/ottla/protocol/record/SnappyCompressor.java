package io.ottla.protocol.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/**
 * snappy in the framing of the Xerial library, which is what Kafka writes: a header of 16 bytes,
 * then chunks behind their four-byte lengths. Reads a single unframed chunk as well, as other
 * clients have written it.
 */
final class SnappyCompressor implements Compressor {
  static final SnappyCompressor INSTANCE = new SnappyCompressor();

  /** {@code 0x82 "SNAPPY" 0x00}. */
  private static final long MAGIC = 0x82_53_4E_41_50_50_59_00L;

  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 16;
  private static final int CHUNK_BYTES = 32 << 10;

  /** Three bytes copy at most 64: a claim beyond this ratio, and a little, is a lie. */
  private static final int MAX_RATIO = 22;

  private static final int MAX_RATIO_SLACK_BYTES = 64;

  static {
    Snappy.maxCompressedLength(0); // a library that cannot be loaded fails here, in one place
  }

  private SnappyCompressor() {}

  @Override
  public void compress(ByteBuffer source, int level, GrowingBuffer target) {
    target.room(HEADER_BYTES).putLong(MAGIC).putInt(VERSION).putInt(VERSION);
    ByteBuffer in = source.duplicate();
    int end = source.limit();
    try {
      while (in.position() < end) {
        int length = Math.min(CHUNK_BYTES, end - in.position());
        in.limit(in.position() + length);
        ByteBuffer out = target.room(Integer.BYTES + Snappy.maxCompressedLength(length));
        int at = out.position() + Integer.BYTES;
        int written = Snappy.compress(in, out.duplicate().position(at));
        out.putInt(written).position(at + written);
        in.position(in.limit());
        in.limit(end);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("snappy cannot compress direct buffers", impossible);
    }
  }

  @Override
  public void decompress(ByteBuffer source, GrowingBuffer target) {
    ByteBuffer in = source.duplicate();
    try {
      if (!isHeaderAhead(in)) {
        decompressChunk(in, in.remaining(), target);
      }
      while (in.hasRemaining()) {
        if (isHeaderAhead(in)) {
          skipHeader(in);
        } else {
          decompressChunk(in, readLength(in), target);
        }
      }
    } catch (IOException damaged) {
      throw new CorruptBatchException("the snappy data of a batch is damaged", damaged);
    }
  }

  private static boolean isHeaderAhead(ByteBuffer in) {
    return in.remaining() >= HEADER_BYTES && in.getLong(in.position()) == MAGIC;
  }

  private static void skipHeader(ByteBuffer in) {
    in.getLong();
    in.getInt(); // the version that wrote it
    int compatible = in.getInt();
    if (compatible > VERSION) {
      throw new CorruptBatchException(
          "the snappy data of a batch needs a reader of version " + compatible);
    }
  }

  private static int readLength(ByteBuffer in) {
    int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new CorruptBatchException("the snappy data of a batch ends too early");
    }
    return length;
  }

  private static void decompressChunk(ByteBuffer in, int length, GrowingBuffer target)
      throws IOException {
    ByteBuffer chunk = in.slice(in.position(), length);
    int claimed = Snappy.uncompressedLength(chunk);
    if (claimed < 0 || claimed > (long) MAX_RATIO * length + MAX_RATIO_SLACK_BYTES) {
      throw new CorruptBatchException(
          length + " bytes of snappy data claim to become " + Integer.toUnsignedString(claimed));
    }
    ByteBuffer out = target.room(claimed);
    int written = Snappy.uncompress(chunk, out.duplicate());
    out.position(out.position() + written);
    in.position(in.position() + length);
  }
}
