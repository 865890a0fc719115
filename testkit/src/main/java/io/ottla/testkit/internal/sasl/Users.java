package io.ottla.testkit.internal.sasl;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who may come in with a password. Does not print passwords. Thread: the cluster's loop. */
public final class Users {
  private final Map<String, UserSecrets> byName = new TreeMap<>();

  /** No users. */
  public Users() {}

  /** Adds a user, or gives it another password. */
  public void set(String name, UserSecrets secrets) {
    byName.put(name, secrets);
  }

  /** Lets a user in no more. */
  public void remove(String name) {
    byName.remove(name);
  }

  @Nullable UserSecrets find(String name) {
    return byName.get(name);
  }

  @Override
  public String toString() {
    return "users " + byName.keySet();
  }
}
