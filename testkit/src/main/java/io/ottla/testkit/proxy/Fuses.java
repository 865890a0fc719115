package io.ottla.testkit.proxy;

import java.util.ArrayList;
import java.util.List;

/**
 * Things that happen when a number of bytes has passed: of one connection, or of a proxy.
 *
 * <p>Thread: the proxy's loop. Always: no more than {@link #left} bytes are passed at once, so that
 * each fuse burns at its exact byte.
 */
final class Fuses {
  private static final class Fuse {
    private final Direction direction;
    private final Runnable action;
    private long left;

    Fuse(Direction direction, long left, Runnable action) {
      this.direction = direction;
      this.left = left;
      this.action = action;
    }
  }

  private final List<Fuse> fuses = new ArrayList<>();

  /** Lights a fuse; returns how to take it back. */
  Runnable light(Direction direction, long bytes, Runnable action) {
    if (bytes == 0) {
      action.run();
      return () -> {};
    }
    Fuse fuse = new Fuse(direction, bytes, action);
    fuses.add(fuse);
    return () -> fuses.remove(fuse);
  }

  /** How many bytes may pass until the next one burns. */
  long left(Direction direction) {
    long left = Long.MAX_VALUE;
    for (Fuse fuse : fuses) {
      if (fuse.direction.covers(direction)) {
        left = Math.min(left, fuse.left);
      }
    }
    return left;
  }

  /** Counts bytes that passed, and lets burn what is due. */
  void onPassed(Direction direction, long bytes) {
    if (fuses.isEmpty()) {
      return;
    }
    List<Fuse> burnt = new ArrayList<>();
    for (Fuse fuse : fuses) {
      if (fuse.direction.covers(direction)) {
        fuse.left -= bytes;
        if (fuse.left == 0) {
          burnt.add(fuse);
        }
      }
    }
    fuses.removeAll(burnt);
    burnt.forEach(fuse -> fuse.action.run());
  }

  void clear() {
    fuses.clear();
  }
}
