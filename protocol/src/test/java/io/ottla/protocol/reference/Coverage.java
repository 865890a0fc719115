package io.ottla.protocol.reference;

import io.ottla.protocol.message.Message;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which fields of one version were compared with something in them, and which nulls. */
final class Coverage {
  private static final String NULL = " null";

  private final BoundStruct root;
  private final int version;
  private final Set<String> seen = new TreeSet<>();

  Coverage(BoundStruct root, int version) {
    this.root = root;
    this.version = version;
  }

  /** Notes what is set in a message that was compared. */
  void add(Message ours) {
    add(root, ours, "");
  }

  /** What no message that was compared had; empty when the version has been covered. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    collect(root, "", missing);
    missing.removeAll(seen);
    return missing;
  }

  private void add(BoundStruct struct, Message ours, String path) {
    for (BoundField field : struct.fields()) {
      Object value = field.ofOurs(ours);
      String name = path + field.name();
      if (value == null) {
        seen.add(name + NULL);
      }
      if (!Objects.deepEquals(value, field.ofOurs(struct.freshOurs()))) {
        seen.add(name);
      }
      if (field.struct() != null && value != null) {
        for (Object element : elements(field, value)) {
          add(field.struct(), (Message) element, name + ".");
        }
      }
    }
  }

  private void collect(BoundStruct struct, String path, Set<String> into) {
    for (BoundField field : struct.fields()) {
      if (field.isIn(version)) {
        into.add(path + field.name());
        if (field.definition().isNullable(version)) {
          into.add(path + field.name() + NULL);
        }
        if (field.struct() != null) {
          collect(field.struct(), path + field.name() + ".", into);
        }
      }
    }
  }

  private static List<?> elements(BoundField field, @Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return field.definition().isArray() ? (List<?>) value : List.of(value);
  }
}
