package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.DefinitionException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields whose content no log may show, besides bytes, which are never shown: their paths are
 * {@code Message.Field} or {@code Message.Struct.Field}.
 */
public final class Secrets {
  /** Values of configurations may be passwords, and only the broker knows which are. */
  private static final Set<String> OF_KAFKA =
      Set.of(
          "AlterConfigsRequest.AlterableConfig.Value",
          "IncrementalAlterConfigsRequest.AlterableConfig.Value");

  private final Set<String> paths;
  private final Set<String> unseen;

  /** The fields with these paths. */
  public Secrets(Set<String> paths) {
    this.paths = paths;
    this.unseen = new TreeSet<>(paths);
  }

  /** Those of Kafka's definitions. */
  public static Secrets ofKafka() {
    return new Secrets(OF_KAFKA);
  }

  boolean contains(String path) {
    unseen.remove(path);
    return paths.contains(path);
  }

  /**
   * To be asked when all messages have been modelled.
   *
   * @throws DefinitionException if a path named no field, and something secret may now be shown
   */
  public void requireAllSeen() {
    if (!unseen.isEmpty()) {
      throw new DefinitionException("list of secrets", "", "no such field: " + unseen);
    }
  }
}
