package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.DefinitionException;
import io.ottla.protocol.generator.definition.FieldDefinition;
import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Array;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.MessageDefinition;
import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import io.ottla.protocol.generator.definition.StructDefinition;
import io.ottla.protocol.generator.definition.Versions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a message's model of its definition. Structs are finished before the fields that are of
 * them. Fields and structs that no version has are left out.
 */
public final class Modeller {
  private final MessageDefinition message;
  private final Secrets secrets;
  private final FieldChecks checks;
  private final Map<String, StructDefinition> common = new HashMap<>();
  private final Set<String> inProgress = new HashSet<>();
  private final Map<String, StructModel> structs = new LinkedHashMap<>();

  private Modeller(MessageDefinition message, Secrets secrets) {
    this.message = message;
    this.secrets = secrets;
    this.checks = new FieldChecks(message.file());
  }

  /**
   * The model of a message.
   *
   * @throws DefinitionException if the definition contradicts itself
   */
  public static MessageModel model(MessageDefinition message, Secrets secrets) {
    return new Modeller(message, secrets).model();
  }

  private MessageModel model() {
    Versions valid = message.validVersions();
    if (valid.isEmpty() || valid.isOpen()) {
      throw wrong("", "valid versions are " + valid + ", must be a closed range");
    }
    for (StructDefinition struct : message.commonStructs()) {
      if (common.put(struct.name(), struct) != null) {
        throw wrong(struct.name(), "struct is defined twice");
      }
    }
    boolean api = message.kind() == Kind.REQUEST || message.kind() == Kind.RESPONSE;
    List<FieldModel> fields = fields("", message.name(), valid, message.fields(), api);
    StructModel root =
        new StructModel(message.name(), message.name(), valid, flexible(valid), fields);
    return new MessageModel(
        message.file(), message.kind(), message.apiKey(), root, List.copyOf(structs.values()));
  }

  private Versions flexible(Versions versions) {
    return message.flexibleVersions().and(versions);
  }

  private List<FieldModel> fields(
      String path,
      String owner,
      Versions versions,
      List<FieldDefinition> definitions,
      boolean api) {
    List<FieldModel> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<Integer> tags = new HashSet<>();
    for (FieldDefinition definition : definitions) {
      String at = path.isEmpty() ? definition.name() : path + "." + definition.name();
      if (!names.add(definition.name())) {
        throw wrong(at, "field is defined twice");
      }
      if (definition.tag() != null && !tags.add(definition.tag())) {
        throw wrong(at, "tag " + definition.tag() + " belongs to another field already");
      }
      checks.check(at, definition, versions, flexible(versions));
      if (!definition.versions().and(versions).isEmpty()) {
        fields.add(field(at, owner, versions, definition, api));
      }
    }
    return List.copyOf(fields);
  }

  private FieldModel field(
      String at, String owner, Versions within, FieldDefinition definition, boolean api) {
    Versions versions = definition.versions().and(within);
    Versions flexible =
        definition.flexibleVersions() == null
            ? message.flexibleVersions()
            : definition.flexibleVersions();
    FieldModel field =
        new FieldModel(
            definition.name(),
            Names.accessor(definition.name(), api),
            definition.type(),
            struct(at, versions, definition),
            versions,
            definition.nullableVersions().and(versions),
            definition.taggedVersions().and(versions),
            definition.tag() == null ? -1 : definition.tag(),
            flexible.and(versions),
            initial(at, definition),
            definition.ignorable(),
            definition.mapKey(),
            secrets.contains(owner + "." + definition.name()),
            definition.entityType(),
            definition.about());
    if (field.initial().isNull()
        && field.type() != Primitive.RECORDS
        && !field.nullable().containsAll(versions)) {
      throw wrong(at, "default is null, but not all of its versions are nullable");
    }
    if (field.isArray() && field.minElementBytes(versions) == 0) {
      throw wrong(at, "elements can be empty, which would leave their number without a bound");
    }
    return field;
  }

  private DefaultValue initial(String at, FieldDefinition definition) {
    try {
      return DefaultValue.of(definition.type(), definition.defaultValue());
    } catch (IllegalArgumentException e) {
      throw wrong(at, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable StructModel struct(String at, Versions versions, FieldDefinition definition) {
    FieldType type = definition.type() instanceof Array array ? array.element() : definition.type();
    if (!(type instanceof FieldType.Struct named)) {
      return null;
    }
    if (inProgress.contains(named.name())) {
      throw wrong(at, "struct " + named.name() + " contains itself");
    }
    StructDefinition shared = common.get(named.name());
    if (shared == null) {
      if (definition.fields().isEmpty()) {
        throw wrong(at, "struct " + named.name() + " is defined nowhere in the file");
      }
      if (structs.containsKey(named.name())) {
        throw wrong(at, "struct " + named.name() + " is defined twice");
      }
      return struct(at, named.name(), versions, definition.fields());
    }
    if (!definition.fields().isEmpty()) {
      throw wrong(at, "struct " + named.name() + " is defined here and in commonStructs");
    }
    if (!shared.versions().containsAll(versions)) {
      throw wrong(
          at,
          "has versions " + versions + ", its struct " + named.name() + " " + shared.versions());
    }
    StructModel known = structs.get(named.name());
    return known != null
        ? known
        : struct(
            named.name(),
            named.name(),
            shared.versions().and(message.validVersions()),
            shared.fields());
  }

  private StructModel struct(
      String at, String name, Versions versions, List<FieldDefinition> definitions) {
    if (name.equals(message.name())) {
      throw wrong(at, "struct has the name of its message");
    }
    inProgress.add(name);
    String path = message.name() + "." + name;
    List<FieldModel> fields = fields(at, path, versions, definitions, false);
    StructModel struct = new StructModel(name, path, versions, flexible(versions), fields);
    structs.put(name, struct);
    inProgress.remove(name);
    return struct;
  }

  private DefinitionException wrong(String path, String reason) {
    return new DefinitionException(message.file(), path, reason);
  }
}
