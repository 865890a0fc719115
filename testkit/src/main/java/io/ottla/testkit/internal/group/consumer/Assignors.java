package io.ottla.testkit.internal.group.consumer;

import java.util.List;

/** The assignors that Kafka's coordinator has by itself. */
final class Assignors {
  private static final List<Assignor> ALL = List.of(new UniformAssignor(), new RangeAssignor());

  private Assignors() {}

  /** The assignor of that name; an operator who allows another one is told so here. */
  static Assignor named(String name) {
    for (Assignor assignor : ALL) {
      if (assignor.name().equals(name)) {
        return assignor;
      }
    }
    throw new IllegalArgumentException(
        "a fake cluster has no server-side assignor named " + name + ", only uniform and range");
  }
}
