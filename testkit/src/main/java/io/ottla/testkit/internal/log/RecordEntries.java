package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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
    int at = 0;
    while (bytes.limit() - at > MAGIC) {
      int length = bytes.getInt(at + LENGTH);
      byte magic = bytes.get(at + MAGIC);
      if (length < LEAST_LENGTH || magic < 0 || magic > MAGIC_V2) {
        throw new BatchRefusedException(
            ErrorCode.CORRUPT_MESSAGE,
            "an entry of version " + magic + " with length " + length + " at byte " + at);
      }
      if (length > bytes.limit() - at - LENGTH_OVERHEAD) {
        break;
      }
      entries.add(bytes.slice(at, length + LENGTH_OVERHEAD));
      at += length + LENGTH_OVERHEAD;
    }
    return entries;
  }

  /** The version of an entry: 0, 1 or 2. */
  static byte magic(ByteBuffer entry) {
    return entry.get(MAGIC);
  }
}
