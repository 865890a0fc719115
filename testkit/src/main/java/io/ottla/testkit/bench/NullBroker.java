package io.ottla.testkit.bench;

import java.time.Duration;

/**
 * A broker that does as little as a broker can, so that a benchmark measures the client: it
 * acknowledges what is produced at once, keeping nothing, and serves one prepared batch for ever.
 *
 * <pre>{@code
 * try (NullBroker broker =
 *     NullBroker.builder().topic("orders", 4).batch(1000, 100).compression(Compression.lz4()).start()) {
 *   run(clientOf(broker.bootstrapServers()));
 *   System.out.println(broker.cpuTime().toNanos() / (double) broker.bytesOut());
 * }
 * }</pre>
 *
 * <p>Clients of any make can produce, with acks 0, 1 and all, idempotent or not, and consume
 * partitions that they assign to themselves. It is the only broker, leads all partitions, and has
 * the topics that were configured. It does not check batches, sequences or epochs. Groups,
 * transactions, offsets by time, and topics that it does not have are refused.
 *
 * <p>What is produced and what is consumed have nothing to do with each other: produced records are
 * numbered on from 0 in each partition and forgotten; each partition that is fetched begins at 0
 * and holds the prepared batch over and over.
 *
 * <p>Owns one port of 127.0.0.1, its connections, and one thread; none of them is left after {@link
 * #close}. Thread: any.
 */
public final class NullBroker implements AutoCloseable {
  static final int ID = 1;
  static final int LEADER_EPOCH = 0;
  static final String HOST = "localhost";

  private final NullLoop loop;

  NullBroker(NullLoop loop) {
    this.loop = loop;
    loop.start();
  }

  /** A builder of a broker without topics, with batches of 1000 records of 100 bytes. */
  public static NullBrokerBuilder builder() {
    return new NullBrokerBuilder();
  }

  /** The port on 127.0.0.1 that it listens on. */
  public int port() {
    return loop.port();
  }

  /** The address for clients: localhost and the port. */
  public String bootstrapServers() {
    return HOST + ":" + port();
  }

  /** The bytes that it has read from clients so far. */
  public long bytesIn() {
    return loop.bytesIn();
  }

  /** The bytes that it has written to clients so far. */
  public long bytesOut() {
    return loop.bytesOut();
  }

  /** The records that clients have produced so far, as the headers of their batches say. */
  public long recordsIn() {
    return loop.recordsIn();
  }

  /**
   * The CPU time that its thread has used so far: what a benchmark on the same machine subtracts.
   */
  public Duration cpuTime() {
    return Duration.ofNanos(loop.cpuNanos());
  }

  /** Closes all connections and the port, and ends the thread. Closing twice is harmless. */
  @Override
  public void close() {
    loop.close();
  }
}
