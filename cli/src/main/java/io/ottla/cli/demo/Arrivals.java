package io.ottla.cli.demo;

import java.util.HashSet;
import java.util.Set;

/**
 * Which records have come back: per key the number that is due, and those before it that were left
 * out.
 *
 * <p>Thread: one at a time. Bounded: at most {@value #MAX_TRACKED} records that were left out are
 * known one by one; if there are more, one that comes late counts as doubled, and as lost too.
 */
final class Arrivals {
  private static final int MAX_TRACKED = 100_000;

  private final long[] due = new long[Keys.COUNT];
  private final Set<Stamp> leftOut = new HashSet<>();
  private long untracked;
  private long doubled;
  private long outOfOrder;
  private long strangers;

  void arrived(Stamp stamp) {
    long expected = due[stamp.key()];
    if (stamp.number() >= expected) {
      leaveOut(stamp.key(), expected, stamp.number());
      due[stamp.key()] = stamp.number() + 1;
    } else if (leftOut.remove(stamp)) {
      outOfOrder++;
    } else {
      doubled++;
    }
  }

  /** A record came that the demo did not write. */
  void stranger() {
    strangers++;
  }

  /** How many have not come, given how many there are of each key. */
  long lost(long[] written) {
    long lost = leftOut.size() + untracked;
    for (int key = 0; key < due.length; key++) {
      lost += Math.max(0, written[key] - due[key]);
    }
    return lost;
  }

  long doubled() {
    return doubled;
  }

  /** Records that came after a later one of the same key. */
  long outOfOrder() {
    return outOfOrder;
  }

  /** Records that nobody wrote. */
  long strangers() {
    return strangers;
  }

  private void leaveOut(int key, long from, long to) {
    long room = Math.min(to - from, MAX_TRACKED - leftOut.size());
    for (long number = from; number < from + room; number++) {
      leftOut.add(new Stamp(key, number));
    }
    untracked += to - from - room;
  }
}
