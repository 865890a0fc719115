package io.ottla.testkit.fake;

import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.sasl.UserSecrets;
import io.ottla.testkit.internal.sasl.Users;

/**
 * Who may come into a {@link FakeCluster} with a password, by PLAIN or SCRAM. Changes are for those
 * who authenticate from now on; who is in stays in until the session ends. Does not print
 * passwords. Thread-safe.
 */
public final class FakeUsers {
  private final Loop loop;
  private final Users users;

  FakeUsers(Loop loop, Users users) {
    this.loop = loop;
    this.users = users;
  }

  /**
   * Lets a user in with this password, and with no other.
   *
   * @param name the user's
   * @param password the user's
   */
  public void set(String name, String password) {
    UserSecrets secrets = UserSecrets.of(password);
    loop.run(() -> users.set(name, secrets));
  }

  /**
   * Lets a user in no more.
   *
   * @param name the user's
   */
  public void remove(String name) {
    loop.run(() -> users.remove(name));
  }

  @Override
  public String toString() {
    return loop.call(users::toString);
  }
}
