package io.ottla.producer;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Does not look at the key. Thread: any; remembers nothing. */
final class FreePartitioner implements KeyPartitioner {
  private final String name;
  private final IntUnaryOperator choice;

  FreePartitioner(String name, IntUnaryOperator choice) {
    this.name = name;
    this.choice = choice;
  }

  @Override
  public int choose(byte @Nullable [] key, int offset, int length, int partitions) {
    return choice.applyAsInt(partitions);
  }

  @Override
  public String toString() {
    return name;
  }
}
