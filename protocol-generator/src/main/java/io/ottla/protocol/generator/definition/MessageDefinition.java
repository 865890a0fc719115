package io.ottla.protocol.generator.definition;

import java.util.List;

/**
 * One file of definitions.
 *
 * @param apiKey the number of the API; −1 for what is neither request nor response
 * @param listeners who answers such a request: {@code broker}, {@code controller}
 * @param latestVersionUnstable whether the highest version may still change
 */
public record MessageDefinition(
    String file,
    String name,
    Kind kind,
    int apiKey,
    List<String> listeners,
    Versions validVersions,
    Versions flexibleVersions,
    boolean latestVersionUnstable,
    List<FieldDefinition> fields,
    List<StructDefinition> commonStructs) {

  /** What a definition defines. */
  public enum Kind {
    REQUEST,
    RESPONSE,
    HEADER,
    DATA,
    /** Kinds that only brokers know: metadata records, coordinators' keys and values. */
    OTHER
  }

  /** The same with other versions. */
  MessageDefinition withValidVersions(Versions versions) {
    return new MessageDefinition(
        file,
        name,
        kind,
        apiKey,
        listeners,
        versions,
        flexibleVersions,
        latestVersionUnstable,
        fields,
        commonStructs);
  }
}
