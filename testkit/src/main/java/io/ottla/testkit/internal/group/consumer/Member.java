package io.ottla.testkit.internal.group.consumer;

/** A member of a consumer group as it is now. Immutable; a change makes another one. */
record Member(String id, Profile profile, Holding holding) {
  static Member joining(String id) {
    return new Member(id, Profile.BLANK, Holding.NEW);
  }

  Member with(Profile next) {
    return new Member(id, next, holding);
  }

  Member with(Holding next) {
    return new Member(id, profile, next);
  }

  /** Whether it is in the group by JoinGroup, and hears of changes by REBALANCE_IN_PROGRESS. */
  boolean speaksClassic() {
    return profile.classic() != null;
  }

  boolean isAway() {
    return holding.epoch() == Holding.AWAY;
  }
}
