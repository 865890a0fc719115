package io.ottla.security;

import io.ottla.error.AuthenticationException;
import io.ottla.error.OttlaException;
import org.jspecify.annotations.Nullable;

/** A mechanism that asks for a name and a password at each authentication. Thread: any. */
abstract class CredentialsMechanism implements SaslMechanism {
  private final String name;
  private final Credentials credentials;

  CredentialsMechanism(String name, Credentials credentials) {
    this.name = name;
    this.credentials = credentials;
  }

  /**
   * Begins with these.
   *
   * @param label for messages
   */
  abstract SaslExchange begin(String label, UserPassword current);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final SaslExchange begin(SaslPeer peer) {
    String label = name + " at " + peer.host() + ":" + peer.port();
    UserPassword current = current(label);
    String labelWithUser = label + " as " + current.user();
    try {
      return begin(labelWithUser, current);
    } catch (AuthenticationException unusable) {
      throw OwnExchange.labelled(labelWithUser, unusable);
    }
  }

  private UserPassword current(String label) {
    @Nullable UserPassword current;
    try {
      current = credentials.current();
    } catch (OttlaException told) {
      throw told;
    } catch (RuntimeException failure) {
      throw new AuthenticationException(
          label + ": there are no credentials: " + failure.getClass().getName(), failure);
    }
    if (current == null) {
      throw new AuthenticationException(label + ": there are no credentials: null", null);
    }
    return current;
  }

  @Override
  public final String toString() {
    return "SaslMechanism[" + name + "]";
  }
}
