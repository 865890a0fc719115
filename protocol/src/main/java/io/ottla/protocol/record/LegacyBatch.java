package io.ottla.protocol.record;

import static io.ottla.protocol.record.BatchLayout.NO_LEADER_EPOCH;
import static io.ottla.protocol.record.BatchLayout.NO_PRODUCER_EPOCH;
import static io.ottla.protocol.record.BatchLayout.NO_PRODUCER_ID;
import static io.ottla.protocol.record.BatchLayout.NO_SEQUENCE;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * An entry of a legacy message set, with one record, or with many when it is compressed, seen as a
 * batch. Its cursor walks a copy in the form of version 2.
 */
final class LegacyBatch implements RecordBatch {
  private static final int COUNT_UNKNOWN = -1;

  private final LegacyMessage message;
  private final Decoding decoding;
  private final Codec codec;

  /**
   * @param bytes the entry from 0 to limit, of the length that it says
   * @throws CorruptBatchException if its fields do not fill it
   */
  LegacyBatch(ByteBuffer bytes, Decoding decoding) {
    this.message = LegacyMessage.read(bytes);
    this.decoding = decoding;
    this.codec = message.codec();
  }

  @Override
  public byte magic() {
    return message.magic();
  }

  @Override
  public int sizeInBytes() {
    return message.bytes().limit();
  }

  @Override
  public long baseOffset() {
    if (codec == Codec.NONE) {
      return message.offset();
    }
    try (RecordCursor first = cursor()) {
      first.next();
      return first.offset();
    }
  }

  @Override
  public long lastOffset() {
    return message.offset();
  }

  @Override
  public int count() {
    return codec == Codec.NONE ? 1 : COUNT_UNKNOWN;
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public TimestampType timestampType() {
    if (magic() == 0) {
      return TimestampType.NONE;
    }
    return (message.attributes() & LegacyMessage.LOG_APPEND_TIME_FLAG) == 0
        ? TimestampType.CREATE_TIME
        : TimestampType.LOG_APPEND_TIME;
  }

  @Override
  public long maxTimestamp() {
    return message.timestamp();
  }

  @Override
  public int leaderEpoch() {
    return NO_LEADER_EPOCH;
  }

  @Override
  public long producerId() {
    return NO_PRODUCER_ID;
  }

  @Override
  public short producerEpoch() {
    return NO_PRODUCER_EPOCH;
  }

  @Override
  public int baseSequence() {
    return NO_SEQUENCE;
  }

  @Override
  public boolean isTransactional() {
    return false;
  }

  @Override
  public boolean isControl() {
    return false;
  }

  @Override
  public OptionalLong deleteHorizon() {
    return OptionalLong.empty();
  }

  @Override
  public void verifyCrc() {
    message.verifyCrc();
  }

  @Override
  public ByteBuffer bytes() {
    return message.bytes().duplicate();
  }

  @Override
  public RecordCursor cursor() {
    try (LegacyTranscoder transcoder =
        new LegacyTranscoder(decoding.pool(), timestampOfAll(), sizeInBytes())) {
      if (codec == Codec.NONE) {
        transcoder.add(message.offset(), message);
      } else {
        transcodeSet(transcoder);
      }
      return transcoder.cursor();
    }
  }

  /** Reads the set inside, whose messages must be of the same version and not compressed again. */
  private void transcodeSet(LegacyTranscoder transcoder) {
    ByteBuffer compressed = message.value();
    if (compressed == null) {
      throw corrupt("is compressed, but has no value");
    }
    ByteBuffer set = decoding.decompress(codec.compressor(magic()), compressed);
    try {
      if (set.limit() == 0) {
        throw corrupt("is compressed, but holds no message");
      }
      long shift = magic() == 0 ? 0 : message.offset() - lastInnerOffset(set);
      for (int at = 0; at < set.limit(); at += sizeAt(set, at)) {
        LegacyMessage inner = LegacyMessage.read(set.slice(at, sizeAt(set, at)));
        if (inner.codec() != Codec.NONE) {
          throw corrupt("holds a message that is compressed a second time");
        }
        inner.verifyCrc();
        transcoder.add(shift + inner.offset(), inner);
      }
    } finally {
      decoding.pool().release(set);
    }
  }

  /** In version 1 offsets inside count from the first message; the outer one is the last one's. */
  private long lastInnerOffset(ByteBuffer set) {
    int last = 0;
    for (int at = 0; at < set.limit(); at += sizeAt(set, at)) {
      last = at;
    }
    return set.getLong(last + BatchLayout.BASE_OFFSET);
  }

  private int sizeAt(ByteBuffer set, int at) {
    int left = set.limit() - at;
    int least = LegacyMessage.leastSize(magic());
    if (left < least) {
      throw corrupt("holds a message that is cut off");
    }
    byte magicInside = set.get(at + BatchLayout.MAGIC);
    if (magicInside != magic()) {
      throw corrupt("of version " + magic() + " holds one of version " + magicInside);
    }
    int length = set.getInt(at + BatchLayout.LENGTH);
    if (length < least - BatchLayout.LENGTH_OVERHEAD
        || length > left - BatchLayout.LENGTH_OVERHEAD) {
      throw corrupt("holds a message with length " + length);
    }
    return length + BatchLayout.LENGTH_OVERHEAD;
  }

  private long timestampOfAll() {
    return timestampType() == TimestampType.CREATE_TIME
        ? RecordFrame.OWN_TIMESTAMPS
        : message.timestamp();
  }

  private CorruptBatchException corrupt(String what) {
    return new CorruptBatchException("the message at offset " + message.offset() + " " + what);
  }
}
