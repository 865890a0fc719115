package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import java.util.List;

/**
 * A message, ready to be written as Java.
 *
 * @param apiKey −1 if it is no request or response
 * @param root its own fields
 * @param structs the structs inside it, each once, in the order of their first use
 */
public record MessageModel(
    String file, Kind kind, int apiKey, StructModel root, List<StructModel> structs) {

  public String name() {
    return root.name();
  }

  /** The name of the API: that of the request without its ending. */
  public String api() {
    return name().replaceFirst("(Request|Response)$", "");
  }
}
