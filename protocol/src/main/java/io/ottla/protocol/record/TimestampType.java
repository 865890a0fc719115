package io.ottla.protocol.record;

/** Who set the timestamps of a batch. */
public enum TimestampType {
  /** Legacy version 0 has no timestamps. */
  NONE,
  /** The producer: each record has its own. */
  CREATE_TIME,
  /** The broker, when it appended the batch: all records have the same. */
  LOG_APPEND_TIME
}
