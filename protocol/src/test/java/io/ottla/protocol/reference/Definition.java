package io.ottla.protocol.reference;

import java.util.List;

/**
 * One message, as the definition in a kafka-clients jar says it.
 *
 * @param name for example {@code FetchRequest}
 * @param type {@code request}, {@code response}, {@code header} or {@code data}
 * @param apiKey the number of its API; −1 for headers and data
 * @param listeners who answers it; empty but for requests
 * @param versions the versions that the jar's classes have
 * @param flexible the versions with compact lengths and tagged fields
 * @param isLatestUnstable whether the highest version may still change; said by requests only
 * @param root its fields
 */
record Definition(
    String name,
    String type,
    int apiKey,
    List<String> listeners,
    Versions versions,
    Versions flexible,
    boolean isLatestUnstable,
    StructDefinition root) {

  boolean isRequest() {
    return type.equals("request");
  }
}
