package io.ottla.protocol.record;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/** zstd (RFC 8878). Reads frames that follow one another as one. */
final class ZstdCompressor implements Compressor {
  static final ZstdCompressor INSTANCE = new ZstdCompressor();

  private final Spares<ZstdCompressCtx> compressors =
      new Spares<>(ZstdCompressCtx::new, ZstdCompressCtx::close);
  private final Spares<ZstdDecompressCtx> decompressors =
      new Spares<>(ZstdDecompressCtx::new, ZstdDecompressCtx::close);

  private ZstdCompressor() {
    Zstd.maxCompressionLevel(); // a library that cannot be loaded fails here, in one place
  }

  @Override
  public void compress(ByteBuffer source, int level, GrowingBuffer target) {
    int bytes = source.remaining();
    ByteBuffer out = target.room(Math.toIntExact(Zstd.compressBound(bytes)));
    ZstdCompressCtx compressor = compressors.take();
    compressor.setLevel(level);
    int written =
        compressor.compressDirectByteBuffer(
            out, out.position(), out.remaining(), source, source.position(), bytes);
    compressors.giveBack(compressor);
    out.position(out.position() + written);
  }

  @Override
  public void decompress(ByteBuffer source, GrowingBuffer target) {
    ByteBuffer in = source.duplicate();
    ZstdDecompressCtx decompressor = decompressors.take();
    boolean isInOrder = false;
    try {
      do {
        decompressFrame(decompressor, in, target);
      } while (in.hasRemaining());
      isInOrder = true;
    } catch (ZstdException damaged) {
      throw new CorruptBatchException("the zstd data of a batch is damaged", damaged);
    } finally {
      if (isInOrder) {
        decompressors.giveBack(decompressor);
      } else {
        decompressors.discard(decompressor);
      }
    }
  }

  private static void decompressFrame(
      ZstdDecompressCtx decompressor, ByteBuffer in, GrowingBuffer target) {
    boolean isFinished = false;
    while (!isFinished) {
      ByteBuffer out = target.room(1);
      isFinished = decompressor.decompressDirectByteBufferStream(out, in);
      if (!isFinished && out.hasRemaining() && !in.hasRemaining()) {
        throw new CorruptBatchException("the zstd data of a batch ends too early");
      }
    }
  }
}
