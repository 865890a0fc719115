package io.ottla.testkit.internal.group;

final class JoiningTest extends JoiningRules {
  JoiningTest() {
    super(new FakeCoordination());
  }
}
