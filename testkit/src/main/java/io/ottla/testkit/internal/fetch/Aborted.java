package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchResponse;
import io.ottla.testkit.internal.log.AbortedTransaction;
import io.ottla.testkit.internal.log.LogRead;
import io.ottla.testkit.internal.log.PartitionLog;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;

/** The aborted transactions that a reader must know of, to skip their records. */
final class Aborted {
  private static final int LENGTH = 8;
  private static final int LENGTH_OVERHEAD = 12;
  private static final int LAST_OFFSET_DELTA = 23;
  private static final int HEADER_BYTES = 61;

  private Aborted() {}

  /** Those with records among what was read. */
  static List<FetchResponse.AbortedTransaction> in(
      PartitionLog log, long fromOffset, long upToOffset, LogRead read) {
    if (read.sizeInBytes() == 0) {
      return List.of();
    }
    List<AbortedTransaction> candidates = log.abortedTransactions(fromOffset, upToOffset);
    if (candidates.isEmpty()) {
      return List.of();
    }
    long end = Math.min(upToOffset, endOf(read.bytes(), upToOffset));
    return candidates.stream()
        .filter(one -> one.firstOffset() < end)
        .sorted(Comparator.comparingLong(AbortedTransaction::lastOffset))
        .map(
            one ->
                new FetchResponse.AbortedTransaction()
                    .producerId(one.producerId())
                    .firstOffset(one.firstOffset()))
        .toList();
  }

  /** The offset behind the last batch, cut off or not; a given one where there are no batches. */
  private static long endOf(ByteBuffer bytes, long otherwise) {
    long end = otherwise;
    for (int at = bytes.position(); bytes.limit() - at >= HEADER_BYTES; ) {
      int size = bytes.getInt(at + LENGTH) + LENGTH_OVERHEAD;
      if (size < HEADER_BYTES) {
        return otherwise;
      }
      end = bytes.getLong(at) + bytes.getInt(at + LAST_OFFSET_DELTA) + 1;
      at = size > bytes.limit() - at ? bytes.limit() : at + size;
    }
    return end;
  }
}
