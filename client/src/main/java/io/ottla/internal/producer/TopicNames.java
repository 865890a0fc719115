package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import org.jspecify.annotations.Nullable;

/** Which names a topic can have. */
final class TopicNames {
  private static final int MAX_LENGTH = 249;
  private static final int SHOWN = 40;

  private TopicNames() {}

  /** Why no topic can be called so; null if one can. */
  static @Nullable OttlaException refusal(String name) {
    String why;
    if (name.isEmpty()) {
      why = "it is empty";
    } else if (name.length() > MAX_LENGTH) {
      why = "it is longer than " + MAX_LENGTH + " characters";
    } else if (name.equals(".") || name.equals("..")) {
      why = "it is reserved";
    } else if (!name.chars().allMatch(TopicNames::isLegal)) {
      why = "it has characters other than a-z A-Z 0-9 . _ -";
    } else {
      return null;
    }
    String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    return new RefusedException(
        "record not sent: no topic can be called \"" + shown + "\": " + why,
        SendOutcome.NOT_SENT,
        null);
  }

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
