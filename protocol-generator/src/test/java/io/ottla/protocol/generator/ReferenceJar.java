package io.ottla.protocol.generator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar made for a test that has what the generator looks for in that of kafka-clients. */
public final class ReferenceJar {
  /** All codes that our rules name, and a retriable one that they do not. */
  private static final List<String> RULED =
      List.of(
          "UNSUPPORTED_VERSION",
          "UNSUPPORTED_SASL_MECHANISM",
          "ILLEGAL_SASL_STATE",
          "SASL_AUTHENTICATION_FAILED",
          "CLUSTER_AUTHORIZATION_FAILED",
          "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
          "PRODUCER_FENCED",
          "INVALID_PRODUCER_EPOCH",
          "INVALID_PRODUCER_ID_MAPPING",
          "INVALID_TXN_STATE",
          "FENCED_INSTANCE_ID",
          "UNRELEASED_INSTANCE_ID",
          "INCONSISTENT_GROUP_PROTOCOL",
          "GROUP_MAX_SIZE_REACHED",
          "UNSUPPORTED_ASSIGNOR",
          "COORDINATOR_NOT_AVAILABLE");

  private final Map<String, String> definitions = new TreeMap<>();
  private String constants =
      """
      UNKNOWN_SERVER_ERROR(-1, "It \\"broke\\".", new RuntimeException()),
      NONE(0, null, null),
      STALE(5, "Stale.", new InvalidMetadataException()),
      NOT_COORDINATOR(7, "Elsewhere.", new RetriableException()),
      """;

  /** A jar with the messages and the error codes that every run needs. */
  public static ReferenceJar minimal() {
    ReferenceJar jar = new ReferenceJar();
    int code = 10;
    StringBuilder constants = new StringBuilder(jar.constants);
    for (String name : RULED) {
      constants.append(name).append("(").append(code++).append(", \"Ruled.\", null),\n");
    }
    jar.constants = constants.toString();
    for (String name :
        List.of(
            "RequestHeader",
            "ResponseHeader",
            "ConsumerProtocolSubscription",
            "ConsumerProtocolAssignment")) {
      jar.define(name, data(name));
    }
    for (int i = 0; i < 2; i++) {
      String api = i == 0 ? "AlterConfigs" : "IncrementalAlterConfigs";
      jar.define(
          api + "Request",
          """
          { "apiKey": %d, "type": "request", "listeners": ["broker"], "name": "%sRequest",
            "validVersions": "0", "flexibleVersions": "none", "fields": [
              { "name": "Configs", "type": "[]AlterableConfig", "versions": "0+", "fields": [
                { "name": "Value", "type": "string", "versions": "0+" }]}]}
          """
              .formatted(i + 1, api));
      jar.define(api + "Response", response(api, i + 1, "0"));
    }
    return jar;
  }

  static String request(String api, int key, String versions, String properties) {
    return """
    { "apiKey": %d, "type": "request", "name": "%sRequest", "listeners": ["broker"], %s
      "validVersions": "%s", "flexibleVersions": "none",
      "fields": [{ "name": "Name", "type": "string", "versions": "0+" }]}
    """
        .formatted(key, api, properties, versions);
  }

  static String response(String api, int key, String versions) {
    return """
    { "apiKey": %d, "type": "response", "name": "%sResponse", "validVersions": "%s",
      "flexibleVersions": "none", "fields": [] }
    """
        .formatted(key, api, versions);
  }

  private static String data(String name) {
    return """
    { "type": "data", "name": "%s", "validVersions": "0", "flexibleVersions": "none",
      "fields": [] }
    """
        .formatted(name);
  }

  ReferenceJar define(String name, String json) {
    definitions.put(name, json);
    return this;
  }

  ReferenceJar forget(String name) {
    definitions.remove(name);
    return this;
  }

  /** Replaces text in the source of the enum of errors. */
  public ReferenceJar replaceError(String from, String to) {
    constants = constants.replace(from, to);
    return this;
  }

  /** Writes the jar. */
  public Path writeTo(Path folder, String name) throws IOException {
    Path jar = folder.resolve(name);
    Path classes = JavaCompiler.compile(errorSources(), JavaCompiler.temporaryFolder());
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> definition : definitions.entrySet()) {
        entry(
            zip,
            "common/message/" + definition.getKey() + ".json",
            definition.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      entry(zip, "common/message/README.md", new byte[] {'#'});
      try (Stream<Path> files = Files.walk(classes)) {
        for (Path classFile : files.filter(Files::isRegularFile).sorted().toList()) {
          entry(zip, classes.relativize(classFile).toString(), Files.readAllBytes(classFile));
        }
      }
    }
    return jar;
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private Map<String, String> errorSources() {
    String folder = "org/apache/kafka/common/";
    return Map.of(
        folder + "errors/RetriableException.java",
        """
        package org.apache.kafka.common.errors;
        public class RetriableException extends RuntimeException {
          private static final long serialVersionUID = 1L;
        }
        """,
        folder + "errors/InvalidMetadataException.java",
        """
        package org.apache.kafka.common.errors;
        public class InvalidMetadataException extends RetriableException {
          private static final long serialVersionUID = 1L;
        }
        """,
        folder + "protocol/Errors.java",
        """
        package org.apache.kafka.common.protocol;
        import org.apache.kafka.common.errors.*;
        public enum Errors {
          %s;
          private final int code;
          private final String message;
          private final RuntimeException exception;
          Errors(int code, String message, RuntimeException exception) {
            this.code = code;
            this.message = message;
            this.exception = exception;
          }
          public short code() { return (short) code; }
          public String message() { return message; }
          public RuntimeException exception() { return exception; }
        }
        """
            .formatted(constants));
  }
}
