package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record that tells clients something about the log, and is not for applications.
 *
 * @param type what it tells
 * @param version the version in which it was written
 * @param coordinatorEpoch the epoch of the coordinator that ended the transaction; −1 if the record
 *     does not end one
 */
public record ControlRecord(Type type, short version, int coordinatorEpoch) {
  private static final int KEY_BYTES = 4;
  private static final int END_VALUE_BYTES = 6;
  private static final int NO_EPOCH = -1;

  /** What a control record tells. */
  public enum Type {
    /** The producer's open transaction ended here; its records are void. */
    ABORT(0),
    /** The producer's open transaction ended here; its records hold. */
    COMMIT(1),
    /** A new leader of the metadata log. */
    LEADER_CHANGE(2),
    /** The begin of a snapshot of the metadata log. */
    SNAPSHOT_HEADER(3),
    /** The end of a snapshot of the metadata log. */
    SNAPSHOT_FOOTER(4),
    /** The version of the metadata quorum. */
    KRAFT_VERSION(5),
    /** The voters of the metadata quorum. */
    KRAFT_VOTERS(6),
    /** Something newer than this client; to be passed over. */
    UNKNOWN(-1);

    private static final Type[] ALL = values();

    private final int id;

    Type(int id) {
      this.id = id;
    }

    private static Type of(short id) {
      return id < 0 || id >= ALL.length - 1 ? UNKNOWN : ALL[id];
    }

    /** Whether it ends a transaction. */
    public boolean endsTransaction() {
      return this == ABORT || this == COMMIT;
    }
  }

  /** The end of a transaction, in the version that all brokers write. */
  public static ControlRecord end(Type abortOrCommit, int coordinatorEpoch) {
    if (!abortOrCommit.endsTransaction()) {
      throw new IllegalArgumentException(abortOrCommit + " does not end a transaction");
    }
    return new ControlRecord(abortOrCommit, (short) 0, coordinatorEpoch);
  }

  /**
   * Reads the record that a cursor stands on.
   *
   * @param record a cursor over a batch that {@linkplain RecordBatch#isControl is a control batch}
   * @throws CorruptBatchException if it is no control record
   */
  public static ControlRecord read(RecordCursor record) {
    ByteBuffer key = atLeast(KEY_BYTES, record.keyView(), "key", record);
    short version = key.getShort();
    if (version < 0) {
      throw new CorruptBatchException(
          "the control record at offset " + record.offset() + " has version " + version);
    }
    Type type = Type.of(key.getShort());
    if (!type.endsTransaction()) {
      return new ControlRecord(type, version, NO_EPOCH);
    }
    ByteBuffer value = atLeast(END_VALUE_BYTES, record.valueView(), "value", record);
    value.getShort(); // the value's version; later ones only append
    return new ControlRecord(type, version, value.getInt());
  }

  /** What such a record has as its key. */
  public byte[] key() {
    return ByteBuffer.allocate(KEY_BYTES).putShort(version).putShort((short) type.id).array();
  }

  /** What the end of a transaction has as its value. */
  public byte[] value() {
    return ByteBuffer.allocate(END_VALUE_BYTES)
        .putShort((short) 0)
        .putInt(coordinatorEpoch)
        .array();
  }

  private static ByteBuffer atLeast(
      int bytes, @Nullable ByteBuffer field, String name, RecordCursor record) {
    if (field == null || field.remaining() < bytes) {
      throw new CorruptBatchException(
          "the control record at offset "
              + record.offset()
              + " has a "
              + name
              + " of less than "
              + bytes
              + " bytes");
    }
    return field;
  }
}
