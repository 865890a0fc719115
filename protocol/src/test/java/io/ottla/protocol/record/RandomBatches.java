package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Batches as they may occur and as they hardly will, from a seed. */
final class RandomBatches {
  private final Random random;

  RandomBatches(long seed) {
    this.random = new Random(seed);
  }

  /** A batch of version 2. */
  PlainBatch next(Codec codec) {
    boolean isControl = random.nextInt(10) == 0;
    boolean isLogAppendTime = random.nextInt(4) == 0;
    long baseTimestamp = timestamp();
    List<PlainRecord> records = records(baseTimestamp, isControl ? 1 : count(), true);
    long baseOffset = random.nextInt(3) == 0 ? 0 : random.nextLong() >>> 2;
    List<PlainRecord> placed = place(records, baseOffset);
    long logAppendTime = timestamp();
    if (isLogAppendTime) {
      placed = placed.stream().map(record -> record.withTimestamp(logAppendTime)).toList();
    }
    long latest = placed.stream().mapToLong(PlainRecord::timestamp).max().orElseThrow();
    boolean isTransactional = isControl || random.nextInt(4) == 0;
    return new PlainBatch(
        (byte) 2,
        baseOffset,
        placed.get(placed.size() - 1).offset(),
        codec,
        isLogAppendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
        isLogAppendTime ? logAppendTime : latest,
        random.nextInt(3) == 0 ? -1 : random.nextInt(1000),
        isTransactional || random.nextBoolean()
            ? new PlainBatch.Producer(
                random.nextLong() >>> 1,
                (short) random.nextInt(Short.MAX_VALUE),
                random.nextInt() >>> 1)
            : PlainBatch.Producer.NONE,
        isTransactional,
        isControl,
        !isLogAppendTime && random.nextInt(8) == 0
            ? OptionalLong.of(timestamp())
            : OptionalLong.empty(),
        placed);
  }

  /** Records for a message set of version 0 or 1, at consecutive offsets from 0. */
  List<PlainRecord> legacy(byte magic) {
    List<PlainRecord> records = records(timestamp(), count(), false);
    List<PlainRecord> placed = new ArrayList<>();
    for (PlainRecord record : records) {
      placed.add(
          new PlainRecord(
              placed.size(),
              magic == 0 ? -1 : record.timestamp(),
              record.key(),
              record.value(),
              List.of()));
    }
    return placed;
  }

  private int count() {
    return switch (random.nextInt(6)) {
      case 0 -> 1;
      case 1 -> 2;
      case 2 -> 300;
      default -> 1 + random.nextInt(30);
    };
  }

  private long timestamp() {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> random.nextLong() >>> 1;
      default -> 1_700_000_000_000L + random.nextInt(1_000_000);
    };
  }

  private List<PlainRecord> records(long baseTimestamp, int count, boolean withHeaders) {
    List<PlainRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long timestamp =
          random.nextInt(20) == 0
              ? timestamp()
              : Math.max(0, baseTimestamp - 50 + random.nextInt(1000));
      records.add(
          new PlainRecord(
              i,
              random.nextInt(30) == 0 ? -1 : timestamp,
              bytes(20),
              bytes(count > 100 ? 200 : 5000),
              withHeaders && random.nextInt(3) == 0 ? headers() : List.of()));
    }
    return records;
  }

  private List<PlainRecord> place(List<PlainRecord> records, long baseOffset) {
    boolean isCompacted = random.nextInt(4) == 0;
    List<PlainRecord> placed = new ArrayList<>();
    long offset = baseOffset;
    for (PlainRecord record : records) {
      offset += isCompacted ? random.nextInt(300) : 0;
      placed.add(
          new PlainRecord(
              offset++, record.timestamp(), record.key(), record.value(), record.headers()));
    }
    return placed;
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    int count = random.nextInt(10) == 0 ? 70 : 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ByteBuffer value = bytes(100);
      headers.add(new Header(text(), PlainRecord.unwrap(value)));
    }
    return headers;
  }

  private String text() {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> "grüße-\u4f60\u597d-\ud83d\ude00";
      case 2 -> "k".repeat(200);
      default -> "trace-id-" + random.nextInt(100);
    };
  }

  /** Null, empty, random, or repetitive. */
  private @Nullable ByteBuffer bytes(int most) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> ByteBuffer.allocate(0);
      case 2 -> {
        byte[] noise = new byte[random.nextInt(most)];
        random.nextBytes(noise);
        yield ByteBuffer.wrap(noise);
      }
      default -> {
        byte[] pattern = new byte[random.nextInt(most)];
        int period = 1 + random.nextInt(60);
        for (int i = 0; i < pattern.length; i++) {
          pattern[i] = (byte) (i % period);
        }
        yield ByteBuffer.wrap(pattern);
      }
    };
  }
}
