package io.ottla.protocol.generator.definition;

import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** All definitions of one edition of Kafka, by name. */
public final class Definitions {
  private static final String FOLDER = "common/message/";

  private final Map<String, MessageDefinition> byName = new TreeMap<>();

  /**
   * The definitions given.
   *
   * @throws DefinitionException if two have one name
   */
  public Definitions(Collection<MessageDefinition> messages) {
    for (MessageDefinition message : messages) {
      MessageDefinition twin = byName.put(message.name(), message);
      if (twin != null) {
        throw new DefinitionException(message.file(), "", "defines the same as " + twin.file());
      }
    }
  }

  /**
   * Reads all definitions out of a kafka-clients jar.
   *
   * @throws DefinitionException if one is malformed, or if there are none
   */
  public static Definitions read(Path jar) throws IOException {
    List<MessageDefinition> messages = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(FOLDER) && name.endsWith(".json")) {
          byte[] bytes = zip.getInputStream(entry).readAllBytes();
          messages.add(
              DefinitionParser.parse(
                  name.substring(FOLDER.length()), new String(bytes, StandardCharsets.UTF_8)));
        }
      }
    }
    if (messages.isEmpty()) {
      throw new DefinitionException(jar.toString(), "", "has no " + FOLDER + "*.json");
    }
    return new Definitions(messages);
  }

  public @Nullable MessageDefinition find(String name) {
    return byName.get(name);
  }

  /** All of them, ordered by name. */
  public Collection<MessageDefinition> all() {
    return byName.values();
  }

  /** The other half of an API. */
  public @Nullable MessageDefinition counterpart(MessageDefinition message) {
    Kind wanted = message.kind() == Kind.REQUEST ? Kind.RESPONSE : Kind.REQUEST;
    for (MessageDefinition other : byName.values()) {
      if (other.kind() == wanted && other.apiKey() == message.apiKey()) {
        return other;
      }
    }
    return null;
  }

  /**
   * The same without the versions that may still change. Only the request says so; its response
   * follows.
   */
  public Definitions withoutUnstable() {
    List<MessageDefinition> stable = new ArrayList<>();
    for (MessageDefinition message : byName.values()) {
      Versions versions = stableVersions(message);
      if (message.kind() == Kind.RESPONSE) {
        MessageDefinition request = counterpart(message);
        if (request != null) {
          versions = versions.and(stableVersions(request));
        }
      }
      stable.add(message.withValidVersions(versions));
    }
    return new Definitions(stable);
  }

  private static Versions stableVersions(MessageDefinition message) {
    Versions valid = message.validVersions();
    return message.latestVersionUnstable() && !valid.isEmpty()
        ? Versions.of(valid.lowest(), valid.highest() - 1)
        : valid;
  }

  /**
   * The same, with the lower versions that only an older edition still has. What the older edition
   * defines and this one does not know at all stays out: this one says which APIs there are.
   *
   * @throws DefinitionException if the two contradict each other
   */
  public Definitions mergedWith(Definitions legacy) {
    List<MessageDefinition> merged = new ArrayList<>();
    for (MessageDefinition message : byName.values()) {
      MessageDefinition older = legacy.find(message.name());
      merged.add(older == null ? message : Merge.of(message, older));
    }
    return new Definitions(merged);
  }
}
