package io.ottla.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What generated messages do with the tagged fields that they do not know. Most messages have none,
 * and for those there is no list: null is the same as an empty one.
 */
public final class UnknownTaggedFields {
  private static final Comparator<RawTaggedField> BY_TAG =
      (a, b) -> Integer.compareUnsigned(a.tag(), b.tag());

  private UnknownTaggedFields() {}

  /** Whether there are any. */
  public static boolean areSet(@Nullable List<RawTaggedField> fields) {
    return fields != null && !fields.isEmpty();
  }

  /** Whether both are the same fields, in whatever order. */
  public static boolean same(@Nullable List<RawTaggedField> a, @Nullable List<RawTaggedField> b) {
    return ascending(a).equals(ascending(b));
  }

  /** The fields by ascending tags, as the wire wants them; never null. */
  public static List<RawTaggedField> ascending(@Nullable List<RawTaggedField> fields) {
    if (fields == null || fields.isEmpty()) {
      return List.of();
    }
    for (int i = 1; i < fields.size(); i++) {
      if (BY_TAG.compare(fields.get(i - 1), fields.get(i)) > 0) {
        List<RawTaggedField> sorted = new ArrayList<>(fields);
        sorted.sort(BY_TAG);
        return sorted;
      }
    }
    return fields;
  }

  /**
   * The bytes that they take, with the count of all tagged fields before them.
   *
   * @param known how many tagged fields of a struct are known and set; they count, but add no bytes
   */
  public static int size(@Nullable List<RawTaggedField> fields, int known) {
    if (fields == null || fields.isEmpty()) {
      return Varints.sizeOfUnsigned(known);
    }
    int size = Varints.sizeOfUnsigned(known + fields.size());
    for (RawTaggedField field : fields) {
      size += WireSize.ofTaggedField(field.tag(), field.data().length);
    }
    return size;
  }

  /** How they are shown after the known fields; empty if there are none. */
  public static String text(@Nullable List<RawTaggedField> fields) {
    return areSet(fields) ? ", unknownTaggedFields=" + fields : "";
  }
}
