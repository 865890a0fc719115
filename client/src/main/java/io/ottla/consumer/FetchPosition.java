package io.ottla.consumer;

/**
 * Where to read on.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset of the first record wanted
 */
public record FetchPosition(String topic, int partition, long offset) {
  /** Checks the partition and the offset. */
  public FetchPosition {
    if (topic.isEmpty() || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "topic '"
              + topic
              + "', partition "
              + partition
              + ", offset "
              + offset
              + " is no position: a name and two numbers from 0 are needed");
    }
  }
}
