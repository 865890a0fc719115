package io.ottla.protocol.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The LZ4 frame format: written in independent blocks of 64 KiB without checksums, as Kafka does;
 * read with any block size and all checksums. Linked blocks are refused, as every broker refuses
 * them: no batch that a broker has accepted has them.
 */
final class Lz4Compressor implements Compressor {
  /** How the byte that guards the frame's header is computed. */
  enum HeaderChecksum {
    /** As the format says. */
    STANDARD,
    /**
     * As Kafka did before message version 1: over the frame's magic number too (KAFKA-3160). Both
     * ways are accepted when reading.
     */
    OF_MAGIC_0
  }

  static final Lz4Compressor INSTANCE = new Lz4Compressor(HeaderChecksum.STANDARD);
  static final Lz4Compressor OF_MAGIC_0 = new Lz4Compressor(HeaderChecksum.OF_MAGIC_0);

  private static final int FRAME_MAGIC = 0x184D2204;
  private static final int VERSION_MASK = 0xC0;
  private static final int VERSION = 0x40;
  private static final int INDEPENDENT_FLAG = 0x20;
  private static final int BLOCK_CHECKSUM_FLAG = 0x10;
  private static final int CONTENT_SIZE_FLAG = 0x08;
  private static final int CONTENT_CHECKSUM_FLAG = 0x04;
  private static final int RESERVED_AND_DICTIONARY_FLAGS = 0x03;
  private static final int BLOCK_SIZE_SHIFT = 4;
  private static final int LEAST_BLOCK_SIZE_ID = 4;
  private static final int RESERVED_BLOCK_BITS = 0x8F;
  private static final int STORED_FLAG = 1 << 31;
  private static final int HEADER_BYTES = 7;
  private static final int BLOCK_BYTES = 64 << 10;

  /** A byte of a match's length stands for at most 255: a block cannot become more than this. */
  private static final int MAX_RATIO = 256;

  private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();
  private static final XXHash32 HASH = XXHashFactory.fastestInstance().hash32();

  private final HeaderChecksum headerChecksum;

  private Lz4Compressor(HeaderChecksum headerChecksum) {
    this.headerChecksum = headerChecksum;
  }

  @Override
  public void compress(ByteBuffer source, int level, GrowingBuffer target) {
    LZ4Compressor compressor =
        level == 0 ? FACTORY.fastCompressor() : FACTORY.highCompressor(level);
    writeHeader(target.room(HEADER_BYTES));
    for (int at = source.position(); at < source.limit(); at += BLOCK_BYTES) {
      writeBlock(compressor, source, at, Math.min(BLOCK_BYTES, source.limit() - at), target);
    }
    target.room(Integer.BYTES).putInt(0);
  }

  @Override
  public void decompress(ByteBuffer source, GrowingBuffer target) {
    ByteBuffer in = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    try {
      readFrame(in, target);
    } catch (BufferUnderflowException cutOff) {
      throw new CorruptBatchException("the lz4 data of a batch ends too early", cutOff);
    } catch (LZ4Exception damaged) {
      throw new CorruptBatchException("the lz4 data of a batch is damaged", damaged);
    }
    if (in.hasRemaining()) {
      throw new CorruptBatchException(
          in.remaining() + " bytes follow the end of the lz4 data of a batch");
    }
  }

  private void writeHeader(ByteBuffer out) {
    int start = out.position();
    int flagsAt = start + Integer.BYTES;
    out.putInt(Integer.reverseBytes(FRAME_MAGIC))
        .put((byte) (VERSION | INDEPENDENT_FLAG))
        .put((byte) (LEAST_BLOCK_SIZE_ID << BLOCK_SIZE_SHIFT));
    int hashedFrom = headerChecksum == HeaderChecksum.STANDARD ? flagsAt : start;
    out.put(checksum(out, hashedFrom, out.position()));
  }

  private static void writeBlock(
      LZ4Compressor compressor, ByteBuffer source, int from, int length, GrowingBuffer target) {
    int most = compressor.maxCompressedLength(length);
    ByteBuffer out = target.room(Integer.BYTES + most);
    int at = out.position() + Integer.BYTES;
    int written = compressor.compress(source, from, length, out, at, most);
    int header = written;
    if (written >= length) {
      out.put(at, source, from, length);
      written = length;
      header = length | STORED_FLAG;
    }
    out.putInt(Integer.reverseBytes(header)).position(at + written);
  }

  private void readFrame(ByteBuffer in, GrowingBuffer target) {
    int start = in.position();
    if (in.getInt() != FRAME_MAGIC) {
      throw new CorruptBatchException("the lz4 data of a batch does not begin as lz4 does");
    }
    int flagsAt = in.position();
    int flags = in.get() & 0xFF;
    int blockDescriptor = in.get() & 0xFF;
    int maxBlockBytes = checkedBlockBytes(flags, blockDescriptor);
    long contentSize = (flags & CONTENT_SIZE_FLAG) == 0 ? -1 : in.getLong();
    int checksumAt = in.position();
    checkHeader(in, start, flagsAt, checksumAt, in.get());
    LZ4SafeDecompressor decompressor = FACTORY.safeDecompressor();
    boolean isBlockChecked = (flags & BLOCK_CHECKSUM_FLAG) != 0;
    for (int header = in.getInt(); header != 0; header = in.getInt()) {
      readBlock(decompressor, in, header, maxBlockBytes, target);
      if (isBlockChecked) {
        int length = header & ~STORED_FLAG;
        checkHash(in, in.position() - length, length, in.getInt());
      }
    }
    if (contentSize != -1 && contentSize != target.size()) {
      throw new CorruptBatchException(
          "lz4 data said to become " + contentSize + " bytes became " + target.size());
    }
    if ((flags & CONTENT_CHECKSUM_FLAG) != 0) {
      checkHash(target.room(0), 0, target.size(), in.getInt());
    }
  }

  private static int checkedBlockBytes(int flags, int blockDescriptor) {
    int sizeId = blockDescriptor >> BLOCK_SIZE_SHIFT;
    if ((flags & VERSION_MASK) != VERSION
        || (flags & RESERVED_AND_DICTIONARY_FLAGS) != 0
        || (blockDescriptor & RESERVED_BLOCK_BITS) != 0
        || sizeId < LEAST_BLOCK_SIZE_ID) {
      throw new CorruptBatchException("the lz4 data of a batch has an unknown header");
    }
    if ((flags & INDEPENDENT_FLAG) == 0) {
      throw new CorruptBatchException(
          "the lz4 data of a batch has linked blocks, which Kafka does not allow");
    }
    return 1 << (2 * sizeId + 8);
  }

  private void checkHeader(ByteBuffer in, int start, int flagsAt, int end, byte checksum) {
    if (checksum != checksum(in, flagsAt, end)
        && (headerChecksum == HeaderChecksum.STANDARD || checksum != checksum(in, start, end))) {
      throw new CorruptBatchException("the header of a batch's lz4 data fails its checksum");
    }
  }

  private static void readBlock(
      LZ4SafeDecompressor decompressor,
      ByteBuffer in,
      int header,
      int maxBlockBytes,
      GrowingBuffer target) {
    int length = header & ~STORED_FLAG;
    if (length > maxBlockBytes || length > in.remaining()) {
      throw new CorruptBatchException(
          "an lz4 block of a batch has " + length + " bytes, but " + in.remaining() + " are left");
    }
    int from = in.position();
    if ((header & STORED_FLAG) != 0) {
      target.room(length).put(in.slice(from, length));
    } else {
      int most = (int) Math.min(maxBlockBytes, (long) MAX_RATIO * length);
      ByteBuffer out = target.room(most);
      int at = out.position();
      out.position(at + decompressor.decompress(in, from, length, out, at, most));
    }
    in.position(from + length);
  }

  private static byte checksum(ByteBuffer bytes, int from, int to) {
    return (byte) (HASH.hash(bytes, from, to - from, 0) >> 8);
  }

  private static void checkHash(ByteBuffer bytes, int from, int length, int expected) {
    if (HASH.hash(bytes, from, length, 0) != expected) {
      throw new CorruptBatchException("the lz4 data of a batch fails its own checksum");
    }
  }
}
