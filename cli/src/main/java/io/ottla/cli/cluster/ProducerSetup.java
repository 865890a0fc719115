package io.ottla.cli.cluster;

import io.ottla.Ottla;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.Producer;
import io.ottla.serde.Serializer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A producer as a command wants it.
 *
 * @param usual the command's own options, which all others replace
 * @param given what was given on the command line by names of its own; replaces the file's, and is
 *     replaced by {@code -X}
 */
public record ProducerSetup(
    Bootstrap bootstrap, Map<String, String> usual, Map<String, String> given) {
  /** Copies the maps. */
  public ProducerSetup {
    usual = new LinkedHashMap<>(usual);
    given = new LinkedHashMap<>(given);
  }

  /**
   * Opens it; it connects with the first record.
   *
   * @param listener hears what became of each record
   * @throws io.ottla.error.ConfigException if an option has a value that it cannot have
   */
  public <T> Producer<T, T> open(Serializer<T> serializer, DeliveryListener listener) {
    var builder = Ottla.producer(bootstrap.serverList()).keys(serializer).values(serializer);
    bootstrap.configure(builder, usual, given);
    return builder.onReport(listener).start();
  }
}
