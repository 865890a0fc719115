package io.ottla.security;

/**
 * Where a name and a password come from, for PLAIN and SCRAM: a vault, a file, a constant.
 *
 * <p>Thread: any; it may wait. What it prints must not show the password.
 */
@FunctionalInterface
public interface Credentials {
  /**
   * What is valid now. Asked at each authentication and each re-authentication, so that a change is
   * taken up by the next one; connections that are open stay.
   *
   * <p>What it throws ends that authentication; an {@link io.ottla.error.OttlaException} is passed
   * on as it is.
   */
  UserPassword current();

  /** Credentials that can be replaced while clients use them. */
  static ChangeableCredentials changeable(String user, String password) {
    return new ChangeableCredentials(new UserPassword(user, password));
  }
}
