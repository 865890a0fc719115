package io.ottla.testkit.load;

/**
 * A producer under load, of whatever make. Thread: its sends, any; the rest, one at a time when
 * nobody sends.
 */
public interface LoadClient {
  /** Sends a record, which may wait for room. The bytes may be sent again, and never change. */
  void send(byte[] value);

  /** As {@link #send}, and tells the record when it was delivered. */
  void sendTimed(byte[] value, TimedRecord record);

  /** Waits until each record that was sent is delivered or has failed. */
  void flush() throws InterruptedException;

  /** How many records have failed so far. */
  long failed();
}
