package io.ottla.testkit.internal.group.consumer;

final class ConversionTest extends ConversionRules {
  ConversionTest() {
    super(new FakeSide());
  }
}
