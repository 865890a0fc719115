package io.ottla.benchmarks.produce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends records, as one thread of a program does: as fast as it goes, or at a rate.
 *
 * <p>At a rate, a record's latency counts from when it is sent; from when it should have been, if
 * that is more than a millisecond earlier, so that a client which makes its callers wait shows it.
 */
final class Feeder implements Runnable {
  private static final int RECORDS_PER_CLOCK_READ = 256;
  private static final long PAUSE_NANOS = 50_000;
  private static final long TOLERATED_NANOS = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ProduceClient client;
  private final byte[][] values;
  private final boolean hearsEnds;
  private final double rate;
  private final int explicitPartitions;
  private final double seconds;
  private final long most;
  private final ByteBuffer scratch;
  private long sent;

  /**
   * @param seconds how long
   * @param most how many instead, if above 0
   */
  Feeder(
      ProduceClient client,
      byte[][] values,
      ProduceArguments arguments,
      double seconds,
      long most) {
    this.client = client;
    this.values = values;
    this.hearsEnds = arguments.hasLatencies();
    this.rate = arguments.number("rate") / arguments.integer("threads");
    this.explicitPartitions =
        arguments.text("spread").equals("round-robin") ? arguments.integer("partitions") : 0;
    this.seconds = seconds;
    this.most = most;
    this.scratch = ByteBuffer.allocate(values[0].length).order(ByteOrder.nativeOrder());
  }

  /** How many it has sent. */
  long sent() {
    return sent;
  }

  @Override
  public void run() {
    long begin = System.nanoTime();
    long lasts = (long) (seconds * NANOS_PER_SECOND);
    long now = begin;
    while (most > 0 ? sent < most : now - begin < lasts) {
      long due =
          rate > 0
              ? (long) ((now - begin) * rate / NANOS_PER_SECOND)
              : sent + RECORDS_PER_CLOCK_READ;
      sendUntil(most > 0 ? Math.min(due, most) : due, begin);
      if (rate > 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      now = System.nanoTime();
    }
  }

  private void sendUntil(long due, long begin) {
    while (sent < due) {
      int partition =
          explicitPartitions > 0 ? (int) (sent % explicitPartitions) : ProduceClient.ANY_PARTITION;
      byte[] value = values[(int) (sent & (values.length - 1))];
      if (hearsEnds) {
        sendTimed(partition, value, begin);
      } else {
        client.post(partition, value);
      }
      sent++;
    }
  }

  private void sendTimed(int partition, byte[] value, long begin) {
    long now = System.nanoTime();
    long planned = rate > 0 ? begin + (long) (sent * NANOS_PER_SECOND / rate) : now;
    long from = now - planned > TOLERATED_NANOS ? planned : now;
    scratch.clear().put(value).putLong(0, from);
    client.send(partition, scratch.array(), from);
  }
}
