package io.ottla.testkit.internal.group;

final class AdministrationTest extends AdministrationRules {
  AdministrationTest() {
    super(new FakeCoordination());
  }
}
