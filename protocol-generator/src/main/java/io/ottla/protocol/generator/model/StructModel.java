package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.Versions;
import java.util.List;

/**
 * The fields of a message, or of a struct inside one.
 *
 * @param name its Java class
 * @param path its name for errors: that of the message, and its own behind a dot
 * @param versions those in which it exists; an unbroken closed range
 * @param flexible those of them that have compact forms and tagged fields
 */
public record StructModel(
    String name, String path, Versions versions, Versions flexible, List<FieldModel> fields) {

  /** The fields that travel as tagged ones in at least one version, by their tags. */
  public List<FieldModel> taggedFields() {
    return fields.stream()
        .filter(field -> !field.tagged().isEmpty())
        .sorted((a, b) -> Integer.compare(a.tag(), b.tag()))
        .toList();
  }

  /** The fewest bytes that it takes in a version. */
  int minBytes(int version) {
    int bytes = flexible.contains(version) ? 1 : 0;
    for (FieldModel field : fields) {
      if (field.mandatory().contains(version)) {
        bytes += field.minBytes(version);
      }
    }
    return bytes;
  }
}
