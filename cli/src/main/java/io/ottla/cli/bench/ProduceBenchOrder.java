package io.ottla.cli.bench;

import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.testkit.load.LoadPlan;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ottla bench produce} was told.
 *
 * @param partitions how many the topic shall have, which is made if it is not there; null if it
 *     must be there
 * @param settings what to print of the producer's options
 */
public record ProduceBenchOrder(
    ProducerSetup producer,
    String topic,
    @Nullable Integer partitions,
    LoadPlan plan,
    Settings settings,
    boolean isJson) {
  /**
   * Options of the producer, as they are printed; null for those that were not given.
   *
   * @param lingerMs likewise in milliseconds
   */
  public record Settings(
      String acks, @Nullable Long lingerMs, @Nullable Long batchBytes, String compression) {}
}
