package io.ottla.testkit.reference;

import java.util.List;

/** Something that Kafka's clients do, and that ends in an assertion if it does not go well. */
public interface Program {
  /** Runs it to its end. */
  void run(ReferenceCluster cluster) throws Exception;

  /** Warnings that it causes on real brokers too: parts of their text. */
  default List<String> expectedWarnings() {
    return List.of();
  }
}
