package io.ottla.testkit.internal.wire;

import java.util.EnumSet;
import java.util.Set;

/** What a connection of a fake broker is doing. */
public enum ConnectionState {
  /** It takes the next request as soon as one is there. */
  READING,
  /** A request is being answered; what comes meanwhile waits. */
  BUSY,
  /** It was told to take no more requests: a broker that hangs, or throttles. */
  MUTED,
  /** It is gone. */
  CLOSED;

  /** Which states may follow. */
  public Set<ConnectionState> mayBecome() {
    return switch (this) {
      case READING -> EnumSet.of(BUSY, MUTED, CLOSED);
      case BUSY -> EnumSet.of(READING, MUTED, CLOSED);
      case MUTED -> EnumSet.of(READING, CLOSED);
      case CLOSED -> EnumSet.noneOf(ConnectionState.class);
    };
  }
}
