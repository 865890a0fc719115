package io.ottla.protocol.record;

/** Where the fields of a batch's header lie, in bytes from its start. */
final class BatchLayout {
  static final int BASE_OFFSET = 0;
  static final int LENGTH = 8;

  /** What {@link #LENGTH} does not count: itself and the base offset. */
  static final int LENGTH_OVERHEAD = 12;

  static final int LEADER_EPOCH = 12;

  /** At the same place in legacy message sets. */
  static final int MAGIC = 16;

  static final int CRC = 17;

  /** The CRC covers all from here on. */
  static final int ATTRIBUTES = 21;

  static final int LAST_OFFSET_DELTA = 23;
  static final int BASE_TIMESTAMP = 27;
  static final int MAX_TIMESTAMP = 35;
  static final int PRODUCER_ID = 43;
  static final int PRODUCER_EPOCH = 51;
  static final int BASE_SEQUENCE = 53;
  static final int COUNT = 57;
  static final int RECORDS = 61;

  static final int CODEC_MASK = 0x07;
  static final int LOG_APPEND_TIME_FLAG = 0x08;
  static final int TRANSACTIONAL_FLAG = 0x10;
  static final int CONTROL_FLAG = 0x20;
  static final int DELETE_HORIZON_FLAG = 0x40;

  static final byte MAGIC_V2 = 2;

  static final int NO_LEADER_EPOCH = -1;
  static final long NO_PRODUCER_ID = -1;
  static final short NO_PRODUCER_EPOCH = -1;
  static final int NO_SEQUENCE = -1;
  static final long NO_TIMESTAMP = -1;

  private BatchLayout() {}
}
