package io.ottla.protocol.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be compared, by the definitions in the jars alone: the requests and responses of all
 * APIs that a broker answers, in every stable version that a release has.
 */
final class ClientApis {
  private static final String BROKER = "broker";

  private ClientApis() {}

  /** Requests and responses of a jar that clients need, by name, with their stable versions. */
  static Map<String, Versions> in(ReferenceJar jar) {
    Map<String, Versions> result = new TreeMap<>();
    for (Definition request : jar.definitions().values()) {
      if (request.isRequest() && request.listeners().contains(BROKER)) {
        Definition response = responseTo(jar, request);
        putIfNotEmpty(result, request.name(), stable(request, request.versions()));
        putIfNotEmpty(result, response.name(), stable(request, response.versions()));
      }
    }
    return result;
  }

  /** All that a client reads or writes besides requests and responses. */
  static List<String> headersAndData() {
    return List.of(
        "RequestHeader",
        "ResponseHeader",
        "ConsumerProtocolSubscription",
        "ConsumerProtocolAssignment");
  }

  /** Every message to compare with this jar: those of {@link #in} and the headers and data. */
  static Map<String, Versions> andHeaders(ReferenceJar jar) {
    Map<String, Versions> result = in(jar);
    for (String name : headersAndData()) {
      result.put(name, definition(jar, name).versions());
    }
    return result;
  }

  /** Every version of every request and response that either release has, by our names. */
  static Map<String, NavigableSet<Integer>> inEither() {
    Map<String, NavigableSet<Integer>> result = new TreeMap<>();
    for (ReferenceJar jar : ReferenceJar.BOTH) {
      in(jar)
          .forEach(
              (name, versions) ->
                  versions.stream()
                      .forEach(
                          result.computeIfAbsent(Naming.ourMessage(name), n -> new TreeSet<>())
                              ::add));
    }
    return result;
  }

  /** {@code Message version} for versions below the highest that neither release has stable. */
  static List<String> versionsOfNobody() {
    List<String> result = new ArrayList<>();
    inEither()
        .forEach(
            (name, versions) -> {
              for (int version = 0; version < versions.last(); version++) {
                if (!versions.contains(version)) {
                  result.add(name + " " + version);
                }
              }
            });
    return result;
  }

  static Definition definition(ReferenceJar jar, String name) {
    Definition definition = jar.definitions().get(name);
    if (definition == null) {
      throw new AssertionError("kafka-clients " + jar + " has no definition of " + name);
    }
    return definition;
  }

  /** The definition of the response to a request. */
  static Definition responseTo(ReferenceJar jar, Definition request) {
    return definition(jar, request.name().replaceAll("Request$", "Response"));
  }

  private static Versions stable(Definition request, Versions versions) {
    return request.isLatestUnstable() ? versions.without(request.versions().highest()) : versions;
  }

  private static void putIfNotEmpty(Map<String, Versions> result, String name, Versions versions) {
    if (!versions.isEmpty()) {
      result.put(name, versions);
    }
  }
}
