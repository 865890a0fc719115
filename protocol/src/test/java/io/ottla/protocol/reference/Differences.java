package io.ottla.protocol.reference;

import io.ottla.protocol.message.Message;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares two of our messages by their accessors, without asking their {@code equals}. */
final class Differences {
  private Differences() {}

  /** The path and values of the first field that differs; null if none does. */
  static @Nullable String first(BoundStruct struct, Message expected, Message actual) {
    return first(struct, expected, actual, struct.name());
  }

  private static @Nullable String first(
      BoundStruct struct, Message expected, Message actual, String path) {
    for (BoundField field : struct.fields()) {
      String difference =
          first(field, field.ofOurs(expected), field.ofOurs(actual), path + "." + field.name());
      if (difference != null) {
        return difference;
      }
    }
    return expected.unknownTaggedFields().equals(actual.unknownTaggedFields())
        ? null
        : describe(path, expected.unknownTaggedFields(), actual.unknownTaggedFields());
  }

  private static @Nullable String first(
      BoundField field, @Nullable Object expected, @Nullable Object actual, String path) {
    if (field.struct() == null || expected == null || actual == null) {
      return Objects.deepEquals(expected, actual) ? null : describe(path, expected, actual);
    }
    if (!field.definition().isArray()) {
      return first(field.struct(), (Message) expected, (Message) actual, path);
    }
    List<?> expectedElements = (List<?>) expected;
    List<?> actualElements = (List<?>) actual;
    if (expectedElements.size() != actualElements.size()) {
      return describe(path, expected, actual);
    }
    for (int i = 0; i < expectedElements.size(); i++) {
      String difference =
          first(
              field.struct(),
              (Message) expectedElements.get(i),
              (Message) actualElements.get(i),
              path + "[" + i + "]");
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static String describe(String path, @Nullable Object expected, @Nullable Object actual) {
    return path + ": expected " + expected + " but was " + actual;
  }
}
