package io.ottla.security;

import static java.util.Objects.requireNonNull;

/**
 * Credentials that can be replaced while clients use them: the next authentication takes the new
 * ones. Connections that are open stay as they are until they re-authenticate.
 *
 * <p>Thread: any. It prints the user's name only.
 */
public final class ChangeableCredentials implements Credentials {
  private volatile UserPassword current;

  ChangeableCredentials(UserPassword first) {
    current = first;
  }

  /**
   * Replaces both at once: no authentication sees the name of one and the password of the other.
   */
  public void set(String user, String password) {
    set(new UserPassword(user, password));
  }

  /** Replaces them, for example by a delegation token. */
  public void set(UserPassword next) {
    current = requireNonNull(next, "next");
  }

  @Override
  public UserPassword current() {
    return current;
  }

  @Override
  public String toString() {
    return "ChangeableCredentials[" + current + "]";
  }
}
