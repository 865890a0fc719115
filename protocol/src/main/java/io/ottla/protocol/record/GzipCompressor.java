package io.ottla.protocol.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** gzip (RFC 1952), over the JDK's zlib. Reads members that follow one another as one. */
final class GzipCompressor implements Compressor {
  static final GzipCompressor INSTANCE = new GzipCompressor();

  private static final short MAGIC = 0x1F8B;
  private static final int DEFLATED = 8;
  private static final int HEADER_CRC_FLAG = 0x02;
  private static final int EXTRA_FLAG = 0x04;
  private static final int NAME_FLAG = 0x08;
  private static final int COMMENT_FLAG = 0x10;
  private static final int RESERVED_FLAGS = 0xE0;
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int STEP_BYTES = 512;

  private final Spares<Deflater> deflaters =
      new Spares<>(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true), Deflater::end);
  private final Spares<Inflater> inflaters = new Spares<>(() -> new Inflater(true), Inflater::end);

  private GzipCompressor() {}

  @Override
  public void compress(ByteBuffer source, int level, GrowingBuffer target) {
    // No time, no flags, no operating system: equal records make equal bytes everywhere.
    target
        .room(HEADER_BYTES)
        .putShort(MAGIC)
        .put((byte) DEFLATED)
        .put((byte) 0)
        .putInt(0)
        .putShort((short) 0);
    Deflater deflater = deflaters.take();
    deflater.setLevel(level);
    deflater.setInput(source.duplicate());
    deflater.finish();
    while (!deflater.finished()) {
      deflater.deflate(target.room(STEP_BYTES));
    }
    deflater.reset();
    deflaters.giveBack(deflater);
    CRC32 crc = new CRC32();
    crc.update(source.duplicate());
    target
        .room(TRAILER_BYTES)
        .putInt(Integer.reverseBytes((int) crc.getValue()))
        .putInt(Integer.reverseBytes(source.remaining()));
  }

  @Override
  public void decompress(ByteBuffer source, GrowingBuffer target) {
    ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Inflater inflater = inflaters.take();
    try {
      do {
        readHeader(in);
        inflater.reset();
        int start = target.size();
        inflate(inflater, in, target);
        readTrailer(in, start, target);
      } while (in.hasRemaining());
    } catch (BufferUnderflowException | IllegalArgumentException cutOff) {
      throw new CorruptBatchException("the gzip data of a batch ends too early", cutOff);
    } catch (DataFormatException damaged) {
      throw new CorruptBatchException("the gzip data of a batch is damaged", damaged);
    } finally {
      inflater.reset();
      inflaters.giveBack(inflater);
    }
  }

  private static void inflate(Inflater inflater, ByteBuffer in, GrowingBuffer target)
      throws DataFormatException {
    inflater.setInput(in);
    while (!inflater.finished()) {
      int written = inflater.inflate(target.room(1));
      if (written == 0 && !inflater.finished()) {
        if (inflater.needsDictionary()) {
          throw new CorruptBatchException("the gzip data of a batch wants a dictionary");
        }
        if (inflater.needsInput()) {
          throw new CorruptBatchException("the gzip data of a batch ends too early");
        }
      }
    }
  }

  private static void readHeader(ByteBuffer in) {
    int magic = Short.reverseBytes(in.getShort());
    int method = in.get();
    int flags = in.get();
    if (magic != MAGIC || method != DEFLATED || (flags & RESERVED_FLAGS) != 0) {
      throw new CorruptBatchException("the gzip data of a batch does not begin as gzip does");
    }
    in.position(in.position() + 6); // time, extra flags, operating system
    if ((flags & EXTRA_FLAG) != 0) {
      int length = in.getShort() & 0xFFFF;
      in.position(in.position() + length);
    }
    if ((flags & NAME_FLAG) != 0) {
      skipText(in);
    }
    if ((flags & COMMENT_FLAG) != 0) {
      skipText(in);
    }
    if ((flags & HEADER_CRC_FLAG) != 0) {
      in.getShort();
    }
  }

  private static void skipText(ByteBuffer in) {
    byte b;
    do {
      b = in.get();
    } while (b != 0);
  }

  private static void readTrailer(ByteBuffer in, int start, GrowingBuffer target) {
    int crc = in.getInt();
    int size = in.getInt();
    CRC32 computed = new CRC32();
    computed.update(target.room(0).duplicate().flip().position(start));
    if (size != target.size() - start || crc != (int) computed.getValue()) {
      throw new CorruptBatchException("the gzip data of a batch fails its own checksum");
    }
  }
}
