package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;

/** What is said of a record for a partition that its topic does not have. */
final class MissingPartition {
  private MissingPartition() {}

  static OttlaException of(String topic, int partition, int partitions) {
    return new RefusedException(
        "record for "
            + topic
            + "-"
            + partition
            + " not sent: the topic has "
            + (partitions == 1 ? "only partition 0" : "partitions 0 to " + (partitions - 1)),
        SendOutcome.NOT_SENT,
        null);
  }
}
