package io.ottla.testkit.internal.group;

final class OffsetsTest extends OffsetsRules {
  OffsetsTest() {
    super(new FakeCoordination());
  }
}
