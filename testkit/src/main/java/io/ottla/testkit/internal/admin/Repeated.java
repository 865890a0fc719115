package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ErrorCode;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a request names more than once, which is refused whatever it is. */
final class Repeated {
  private Repeated() {}

  /** The elements that come more than once, in their order. */
  static <T> Set<T> among(Collection<T> all) {
    Set<T> seen = new HashSet<>();
    Set<T> repeated = new LinkedHashSet<>();
    for (T element : all) {
      if (!seen.add(element)) {
        repeated.add(element);
      }
    }
    return repeated;
  }

  static RefusedException topic(Object nameOrId) {
    return new RefusedException(
        ErrorCode.INVALID_REQUEST, "topic " + nameOrId + " is named more than once");
  }
}
