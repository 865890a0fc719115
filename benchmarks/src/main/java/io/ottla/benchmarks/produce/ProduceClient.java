package io.ottla.benchmarks.produce;

/** A producer under test, through the calls that its users would make for speed. */
interface ProduceClient extends AutoCloseable {
  /** In place of a partition: the client's choice. */
  int ANY_PARTITION = -1;

  /** Hears how a record ended that was sent with {@link #send}. */
  interface Ending {
    /**
     * @param sentNanos as it was given to {@code send}
     */
    void onDelivered(long sentNanos);
  }

  /** Sends, and wants to hear of failures only. */
  void post(int partition, byte[] value);

  /**
   * Sends, and wants to hear how it ends. The first eight bytes of the value are the time, in the
   * machine's order; the array is the caller's again on return.
   */
  void send(int partition, byte[] value, long sentNanos);

  /** Returns when all that was sent has ended. */
  void flush();

  /** How many records failed. */
  long failed();

  String version();

  @Override
  void close();
}
