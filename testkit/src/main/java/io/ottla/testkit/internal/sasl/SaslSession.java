package io.ottla.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/**
 * Who the client of one connection is, and until when.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds of the cluster's time.
 */
final class SaslSession {
  private static final long LEAST_MILLIS_BETWEEN = 1000;
  private static final long NEVER = Long.MIN_VALUE;

  private SaslState state;

  /** Only while AUTHENTICATING. */
  private @Nullable ServerMechanism exchange;

  /** The one that was named; empty before. */
  private String mechanism = "";

  /** Of the authentication before this one; null during the first. */
  private @Nullable Principal proven;

  private boolean hasBareTokens;
  private long expiresAtMillis = Principal.FOR_EVER;
  private long beganAgainMillis = NEVER;

  SaslSession(SaslState state) {
    this.state = state;
  }

  SaslState state() {
    return state;
  }

  String mechanism() {
    return mechanism;
  }

  boolean isAgain() {
    return proven != null;
  }

  /** Whether tokens come without a request around them, as after SaslHandshake v0. */
  boolean wantsBareToken() {
    return state == SaslState.AUTHENTICATING && hasBareTokens;
  }

  boolean isExpired(long nowMillis) {
    return state == SaslState.DONE && nowMillis > expiresAtMillis;
  }

  /**
   * Whether another authentication may begin: there is an expiry, and the last was not just now.
   */
  boolean mayBeginAgain(long nowMillis) {
    return state == SaslState.DONE
        && expiresAtMillis != Principal.FOR_EVER
        && (beganAgainMillis == NEVER || nowMillis - beganAgainMillis >= LEAST_MILLIS_BETWEEN);
  }

  void onVersionsTold() {
    if (state == SaslState.NEW) {
      moveTo(SaslState.VERSIONS_TOLD);
    }
  }

  void begin(String named, ServerMechanism side, boolean withBareTokens, long nowMillis) {
    if (state == SaslState.DONE) {
      beganAgainMillis = nowMillis;
      if (!named.equals(mechanism)) {
        moveTo(SaslState.OTHER_MECHANISM);
        return;
      }
    }
    mechanism = named;
    exchange = side;
    hasBareTokens = withBareTokens;
    moveTo(SaslState.AUTHENTICATING);
  }

  ServerMechanism exchange() {
    if (exchange == null) {
      throw new IllegalStateException("no exchange in " + state);
    }
    return exchange;
  }

  /**
   * The client has proven who it is.
   *
   * @param until {@link Principal#FOR_EVER} if the session does not end
   * @throws SaslRefusedException if it is somebody else than before
   */
  void done(Principal principal, long until) throws SaslRefusedException {
    Principal before = proven;
    if (before != null && !before.name().equals(principal.name())) {
      throw SaslRefusedException.telling(
          "Cannot change principals during re-authentication from User.%s: User.%s"
              .formatted(before.name(), principal.name()));
    }
    proven = principal;
    expiresAtMillis = until;
    exchange = null;
    moveTo(SaslState.DONE);
  }

  void fail() {
    exchange = null;
    moveTo(SaslState.FAILED);
  }

  private void moveTo(SaslState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("SASL may not go from %s to %s".formatted(state, next));
    }
    state = next;
  }
}
