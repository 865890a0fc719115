package io.ottla.testkit.bench;

import io.ottla.protocol.record.Compression;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a {@link NullBroker} is to be like, and starts it. Not thread-safe. */
public final class NullBrokerBuilder {
  /** As good as endless, and far enough from where offsets overflow. */
  private static final long ENDLESS = 1L << 60;

  private static final int MAX_PORT = 65_535;

  private final Map<String, Integer> topics = new LinkedHashMap<>();
  private int records = 1000;
  private int valueBytes = 100;
  private Compression compression = Compression.none();
  private @Nullable PreparedBatch given;
  private long recordsPerPartition = ENDLESS;
  private int port;

  NullBrokerBuilder() {}

  /**
   * Adds a topic.
   *
   * @param name its name; a topic of that name before is replaced
   * @param partitions at least 1
   */
  public NullBrokerBuilder topic(String name, int partitions) {
    if (name.isEmpty() || partitions < 1) {
      throw new IllegalArgumentException(
          "topic(\"%s\", %d): needs a name and at least 1 partition".formatted(name, partitions));
    }
    topics.put(name, partitions);
    return this;
  }

  /**
   * What is served: batches of records without keys, whose values are half random text. Default:
   * 1000 records of 100 bytes.
   *
   * @param recordCount the records in a batch, at least 1
   * @param bytes the size of each value
   */
  public NullBrokerBuilder batch(int recordCount, int bytes) {
    if (recordCount < 1 || bytes < 0) {
      throw new IllegalArgumentException(
          "batch(%d, %d): needs at least 1 record and 0 bytes".formatted(recordCount, bytes));
    }
    records = recordCount;
    valueBytes = bytes;
    given = null;
    return this;
  }

  /**
   * What is served: a batch that is already written.
   *
   * @param bytes one whole batch of version 2, without gaps; copied
   * @throws IllegalArgumentException if it is anything else, or its CRC is wrong
   */
  public NullBrokerBuilder batch(ByteBuffer bytes) {
    given = PreparedBatch.of(bytes);
    return this;
  }

  /**
   * How the records of {@link #batch(int, int)} are compressed. Default: not at all.
   *
   * @param value codec and level
   */
  public NullBrokerBuilder compression(Compression value) {
    compression = value;
    return this;
  }

  /**
   * Where the log of each partition that is fetched ends. Default: nowhere that a client comes to
   * (2⁶⁰).
   *
   * @param value a multiple of the records in a batch, since no batch is cut
   */
  public NullBrokerBuilder recordsPerPartition(long value) {
    if (value < 0 || value > ENDLESS) {
      throw new IllegalArgumentException("recordsPerPartition(" + value + "): must be 0 to 2^60");
    }
    recordsPerPartition = value;
    return this;
  }

  /**
   * The port on 127.0.0.1. Default: 0, any free one.
   *
   * @param value 0 to 65535
   */
  public NullBrokerBuilder port(int value) {
    if (value < 0 || value > MAX_PORT) {
      throw new IllegalArgumentException("port(" + value + "): must be 0 to " + MAX_PORT);
    }
    port = value;
    return this;
  }

  /**
   * Starts the broker.
   *
   * @throws UncheckedIOException if the port is in use
   * @throws IllegalArgumentException if the log would end within a batch
   */
  public NullBroker start() {
    PreparedBatch batch =
        given != null ? given : PreparedBatch.of(records, valueBytes, compression);
    if (recordsPerPartition != ENDLESS && recordsPerPartition % batch.records() != 0) {
      throw new IllegalArgumentException(
          "recordsPerPartition(%d): must be a multiple of the %d records in a batch"
              .formatted(recordsPerPartition, batch.records()));
    }
    return new NullBroker(new NullLoop(new NullTopics(topics), batch, recordsPerPartition, port));
  }
}
