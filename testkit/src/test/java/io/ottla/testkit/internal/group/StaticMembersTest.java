package io.ottla.testkit.internal.group;

final class StaticMembersTest extends StaticMembersRules {
  StaticMembersTest() {
    super(new FakeCoordination());
  }
}
