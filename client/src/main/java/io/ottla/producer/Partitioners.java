package io.ottla.producer;

/** The usual partitioners. */
public final class Partitioners {
  private Partitioners() {}

  /** Always wherever a batch is being filled. */
  public static Partitioner sticky() {
    return (topic, key, value, partitions) -> Partitioner.ANY;
  }
}
