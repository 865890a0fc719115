package io.ottla.testkit.internal.group;

final class SyncingTest extends SyncingRules {
  SyncingTest() {
    super(new FakeCoordination());
  }
}
