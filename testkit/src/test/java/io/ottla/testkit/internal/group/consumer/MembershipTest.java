package io.ottla.testkit.internal.group.consumer;

final class MembershipTest extends MembershipRules {
  MembershipTest() {
    super(new FakeSide());
  }
}
