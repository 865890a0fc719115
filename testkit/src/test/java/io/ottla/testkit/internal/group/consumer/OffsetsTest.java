package io.ottla.testkit.internal.group.consumer;

final class OffsetsTest extends OffsetsRules {
  OffsetsTest() {
    super(new FakeSide());
  }
}
