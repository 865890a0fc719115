package io.ottla.protocol.reference;

import java.util.Map;
import javax.lang.model.SourceVersion;

/** What ours is called where a definition gives the name. */
final class Naming {
  /** What Kafka renamed between the releases, message.field, without a change of the bytes. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "ListClientMetricsResourcesRequest", "ListConfigResourcesRequest",
          "ListClientMetricsResourcesResponse", "ListConfigResourcesResponse",
          "ListClientMetricsResourcesResponse.ClientMetricsResources", "ConfigResources",
          "ListClientMetricsResourcesResponse.ClientMetricsResource", "ConfigResource",
          "ListClientMetricsResourcesResponse.Name", "ResourceName");

  private Naming() {}

  static String ourMessage(String message) {
    return RENAMED.getOrDefault(message, message);
  }

  static String ourStruct(String message, String struct) {
    return RENAMED.getOrDefault(message + "." + struct, struct);
  }

  static String ourField(String message, String field) {
    String name = withLowerFirst(RENAMED.getOrDefault(message + "." + field, field));
    return SourceVersion.isKeyword(name) ? name + "_" : name;
  }

  static String withLowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  static String withUpperFirst(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
