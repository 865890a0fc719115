package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Which broker coordinates which key. Moving a coordinator is a control of the cluster: after a
 * move it tells {@link GroupCoordinator#moved(String)}.
 *
 * <p>Thread: the cluster's loop.
 */
public interface Coordinators {
  /** What a key names. */
  enum KeyType {
    /** A group's id. */
    GROUP(0),

    /** A transactional id. */
    TRANSACTION(1);

    private final int code;

    KeyType(int code) {
      this.code = code;
    }

    static @Nullable KeyType find(int code) {
      for (KeyType type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      return null;
    }
  }

  /** Where a broker is found, as the listener that was asked advertises it. */
  record Endpoint(int brokerId, String host, int port) {}

  /**
   * The broker that coordinates a key, as this one knows, or null if there is none:
   * COORDINATOR_NOT_AVAILABLE. A coordinator that loads is found.
   */
  @Nullable Endpoint find(KeyType type, String key, int askedBrokerId);

  /**
   * Whether a broker serves a key now: NONE, NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS or
   * COORDINATOR_NOT_AVAILABLE.
   */
  ErrorCode check(KeyType type, String key, int brokerId);
}
