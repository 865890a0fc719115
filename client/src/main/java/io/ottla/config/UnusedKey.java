package io.ottla.config;

import java.util.Locale;
import java.util.Set;

/**
 * A key that other clients know, or other clients of ours, and this one has no use for.
 *
 * @param name the key; with {@code .*} behind it, all that begin so
 * @param harmless values that ask for what is so anyway, in small letters; nothing is said of them
 * @param isRefusal whether to leave it out would make a connection fail, or less safe than its
 *     owner thinks; then it is an error
 * @param why why, and what to do instead
 */
record UnusedKey(String name, Set<String> harmless, boolean isRefusal, String why) {
  static UnusedKey note(String name, String why) {
    return new UnusedKey(name, Set.of(), false, why);
  }

  boolean isHarmless(Object value) {
    return harmless.contains(String.valueOf(value).strip().toLowerCase(Locale.ROOT));
  }

  boolean isRefused(Object value) {
    return isRefusal && !isHarmless(value);
  }
}
