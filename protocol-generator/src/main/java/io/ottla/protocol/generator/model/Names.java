package io.ottla.protocol.generator.model;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java's names for what definitions name. */
public final class Names {
  /** Methods that a message has anyway, and that its accessors would meet. */
  private static final Set<String> TAKEN =
      Set.of(
          "apiKey",
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "highestVersion",
          "lowestVersion",
          "newResponse",
          "notify",
          "notifyAll",
          "size",
          "toString",
          "unknownTaggedFields",
          "wait");

  private Names() {}

  /**
   * {@code TopicId} becomes {@code topicId}; a word that Java or {@code Message} owns gets a tail.
   */
  public static String accessor(String name, boolean inApiMessage) {
    String camel = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    boolean free = camel.equals("apiKey") && !inApiMessage;
    return !free && (TAKEN.contains(camel) || SourceVersion.isKeyword(camel)) ? camel + "_" : camel;
  }

  /** {@code ListOffsets} becomes {@code LIST_OFFSETS}. */
  public static String constant(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }
}
