package io.ottla.cli.consume;

import io.ottla.protocol.record.RecordCursor;

/** Takes the records of a topic, those of a partition in order. */
public interface RecordSink {
  /**
   * Takes the record that the cursor stands on; its views are valid during the call only.
   *
   * @return false if no more records are wanted
   */
  boolean record(int partition, RecordCursor cursor);

  /** There are no more records at the moment. */
  default void idle() {}
}
