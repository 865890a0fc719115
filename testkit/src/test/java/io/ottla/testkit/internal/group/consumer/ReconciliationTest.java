package io.ottla.testkit.internal.group.consumer;

final class ReconciliationTest extends ReconciliationRules {
  ReconciliationTest() {
    super(new FakeSide());
  }
}
