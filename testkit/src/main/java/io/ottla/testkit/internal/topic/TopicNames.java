package io.ottla.testkit.internal.topic;

import java.util.regex.Pattern;

/** Which names topics may have. */
public final class TopicNames {
  private static final int MAX_LENGTH = 249;
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

  private TopicNames() {}

  /** Whether a topic may have this name. */
  public static boolean isLegal(String name) {
    return name.length() <= MAX_LENGTH
        && LEGAL.matcher(name).matches()
        && !name.equals(".")
        && !name.equals("..");
  }
}
