package io.ottla.benchmarks.protocol;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.SealedBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A thousand records of 100 bytes, which make a batch of about 108 kB, and a pool for batches. */
final class Records {
  static final int COUNT = 1000;

  private static final int VALUE_BYTES = 100;
  private static final int MAX_BATCH_BYTES = 1 << 20;
  private static final int EXPECTED_BATCH_BYTES = 200_000;
  private static final long BASE_TIMESTAMP = 1_700_000_000_000L;

  private final BufferPool pool = BufferPool.direct(64 << 20);
  private final byte[][] values = new byte[COUNT][];
  private final byte[][] keys = new byte[COUNT][];
  private final RecordShape shape;
  private final List<Header> headers;

  Records(RecordShape shape) {
    this.shape = shape;
    Random random = new Random(7);
    for (int i = 0; i < COUNT; i++) {
      values[i] = orderEvent(i, random);
      keys[i] = ("customer-" + random.nextInt(10_000)).getBytes(StandardCharsets.US_ASCII);
    }
    byte[] traceId = "4bf92f3577b34da6".getBytes(StandardCharsets.US_ASCII);
    headers =
        shape == RecordShape.KEY_AND_HEADER ? List.of(new Header("trace-id", traceId)) : List.of();
  }

  /** Appends them all to a new batch. */
  BatchWriter append() {
    BatchWriter writer = new BatchWriter(pool, EXPECTED_BATCH_BYTES, MAX_BATCH_BYTES);
    boolean hasKey = shape != RecordShape.VALUE;
    for (int i = 0; i < COUNT; i++) {
      writer.append(BASE_TIMESTAMP + (i >> 3), hasKey ? keys[i] : null, values[i], headers);
    }
    return writer;
  }

  SealedBatch seal(Compression compression) {
    return append().seal(compression);
  }

  BufferPool pool() {
    return pool;
  }

  /** Compressible as events are: fixed names, changing numbers; cut or filled to 100 bytes. */
  private static byte[] orderEvent(int i, Random random) {
    String json =
        "{\"order\":"
            + (100_000 + i)
            + ",\"customer\":"
            + random.nextInt(10_000)
            + ",\"price\":"
            + random.nextInt(100_000) / 100.0
            + ",\"state\":\"accepted\",\"note\":\""
            + Long.toHexString(random.nextLong())
            + Long.toHexString(random.nextLong());
    return json.substring(0, Math.min(json.length(), VALUE_BYTES - 2))
        .concat("\"}")
        .concat(" ".repeat(VALUE_BYTES))
        .substring(0, VALUE_BYTES)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
