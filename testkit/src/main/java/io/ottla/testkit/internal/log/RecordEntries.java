package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts bytes into batches, or into the messages of old clients, by the sizes that they claim. */
final class RecordEntries {
  static final byte MAGIC_V2 = 2;

  private static final int LENGTH = 8;
  private static final int LENGTH_OVERHEAD = 12;
  private static final int MAGIC = 16;

  /** What the least message of the oldest version has behind its length. */
  private static final int LEAST_LENGTH = 14;

  private RecordEntries() {}

  /**
   * The whole entries between position and limit, each a view of its own. What is cut off at the
   * end is left out, as a broker does.
   *
   * @throws BatchRefusedException if the bytes cannot be batches
   */
  static List<ByteBuffer> split(ByteBuffer records) throws BatchRefusedException {
    ByteBuffer bytes = records.slice();
    List<ByteBuffer> entries = new ArrayList<>(1);
    ByteBuffer next = at(bytes, 0);
    for (int at = 0; next != null; next = at(bytes, at)) {
      entries.add(next);
      at += next.limit();
    }
    return entries;
  }

  /** The first whole entry, or null. */
  static @Nullable ByteBuffer first(ByteBuffer records) throws BatchRefusedException {
    return at(records.slice(), 0);
  }

  private static @Nullable ByteBuffer at(ByteBuffer bytes, int at) throws BatchRefusedException {
    int left = bytes.limit() - at;
    if (left <= MAGIC) {
      return null;
    }
    int length = bytes.getInt(at + LENGTH);
    byte magic = bytes.get(at + MAGIC);
    if (length < LEAST_LENGTH || magic < 0 || magic > MAGIC_V2) {
      throw new BatchRefusedException(
          ErrorCode.CORRUPT_MESSAGE,
          "an entry of version " + magic + " with length " + length + " at byte " + at);
    }
    return length > left - LENGTH_OVERHEAD ? null : bytes.slice(at, length + LENGTH_OVERHEAD);
  }

  /** The version of an entry: 0, 1 or 2. */
  static byte magic(ByteBuffer entry) {
    return entry.get(MAGIC);
  }
}
