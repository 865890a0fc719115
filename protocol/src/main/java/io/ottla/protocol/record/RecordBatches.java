package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The batches that lie one behind the other in what a broker sent, of any version.
 *
 * <p>A broker cuts its answer where the limit of bytes falls, so the last batch may be incomplete:
 * it is not there, and {@link #incompleteBytes} says how much of it came. Bytes that cannot be a
 * batch are a {@link CorruptBatchException} when the iteration reaches them.
 *
 * <p>The bytes stay the caller's, and must stay unchanged while batches and cursors over them are
 * used. Thread: any; each iterator one at a time.
 */
public final class RecordBatches implements Iterable<RecordBatch> {
  private static final int INCOMPLETE = -1;

  private final ByteBuffer bytes;
  private final Decoding decoding;

  private RecordBatches(ByteBuffer bytes, Decoding decoding) {
    this.bytes = bytes;
    this.decoding = decoding;
  }

  /**
   * The batches between position and limit; both stay. Records of one batch may take up to 64 MiB
   * when they are decompressed, in buffers of a pool that the process shares.
   */
  public static RecordBatches of(ByteBuffer bytes) {
    return new RecordBatches(bytes.slice(), Decoding.SHARED);
  }

  /**
   * The batches between position and limit; both stay.
   *
   * @param pool where the buffers for decompressed records come from
   * @param maxBatchBytes the most that the records of one batch may take when decompressed
   */
  public static RecordBatches of(ByteBuffer bytes, BufferPool pool, int maxBatchBytes) {
    return new RecordBatches(bytes.slice(), new Decoding(pool, maxBatchBytes));
  }

  /**
   * The bytes behind the last whole batch.
   *
   * @throws CorruptBatchException if what comes before them are not batches
   */
  public int incompleteBytes() {
    int at = 0;
    for (int size = sizeAt(bytes, at); size != INCOMPLETE; size = sizeAt(bytes, at)) {
      at += size;
    }
    return bytes.limit() - at;
  }

  @Override
  public Iterator<RecordBatch> iterator() {
    return new Walk();
  }

  /** The size of the batch at a position, or {@link #INCOMPLETE} if it is not all there. */
  private static int sizeAt(ByteBuffer bytes, int at) {
    int left = bytes.limit() - at;
    if (left <= BatchLayout.MAGIC) {
      return INCOMPLETE;
    }
    byte magic = bytes.get(at + BatchLayout.MAGIC);
    int length = bytes.getInt(at + BatchLayout.LENGTH);
    int least = leastSize(magic) - BatchLayout.LENGTH_OVERHEAD;
    if (length < least) {
      throw new CorruptBatchException(
          "a batch of version " + magic + " with length " + length + ", less than " + least);
    }
    return length > left - BatchLayout.LENGTH_OVERHEAD
        ? INCOMPLETE
        : length + BatchLayout.LENGTH_OVERHEAD;
  }

  private static int leastSize(byte magic) {
    return switch (magic) {
      case 0, 1 -> LegacyMessage.leastSize(magic);
      case BatchLayout.MAGIC_V2 -> BatchLayout.RECORDS;
      default ->
          throw new CorruptBatchException("a batch of version " + magic + "; known are 0, 1, 2");
    };
  }

  private final class Walk implements Iterator<RecordBatch> {
    private int at;

    @Override
    public boolean hasNext() {
      return sizeAt(bytes, at) != INCOMPLETE;
    }

    @Override
    public RecordBatch next() {
      int size = sizeAt(bytes, at);
      if (size == INCOMPLETE) {
        throw new NoSuchElementException("no whole batch is left");
      }
      ByteBuffer batch = bytes.slice(at, size);
      at += size;
      return batch.get(BatchLayout.MAGIC) == BatchLayout.MAGIC_V2
          ? new BatchView(batch, decoding)
          : new LegacyBatch(batch, decoding);
    }
  }
}
