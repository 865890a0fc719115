package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.DefinitionException;
import io.ottla.protocol.generator.definition.FieldDefinition;
import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.FieldType.Struct;
import io.ottla.protocol.generator.definition.Versions;
import java.util.Map;

/** What the properties of one field must have to do with one another. */
final class FieldChecks {
  private static final Map<String, Primitive> ENTITY_TYPES =
      Map.of(
          "transactionalId", Primitive.STRING,
          "producerId", Primitive.INT64,
          "groupId", Primitive.STRING,
          "topicName", Primitive.STRING,
          "brokerId", Primitive.INT32);

  private final String file;

  FieldChecks(String file) {
    this.file = file;
  }

  /**
   * @param within the versions of the surrounding struct
   * @param flexible the versions in which it has tagged fields
   */
  void check(String at, FieldDefinition field, Versions within, Versions flexible) {
    entityType(at, field);
    tag(at, field, flexible);
    FieldType type = field.type();
    require(
        type.mayBeNull() || field.nullableVersions().isEmpty(), at, type + " is never nullable");
    require(
        type.elementOrSelf() instanceof Struct || field.fields().isEmpty(),
        at,
        type + " has no fields of its own");
    boolean fitForKey = type instanceof Primitive && type != Primitive.RECORDS;
    require(fitForKey || !field.mapKey(), at, "a map key cannot be of type " + type);
    Versions own = field.flexibleVersions();
    require(
        own == null || flexible.containsAll(own.and(within)),
        at,
        "is flexible in versions that its message is not");
  }

  private void entityType(String at, FieldDefinition field) {
    String entity = field.entityType();
    if (entity == null) {
      return;
    }
    Primitive needed = ENTITY_TYPES.get(entity);
    require(needed != null, at, "entity type '" + entity + "' is not known");
    require(
        field.type().elementOrSelf() == needed,
        at,
        "entity type " + entity + " needs " + needed + ", not " + field.type());
  }

  private void tag(String at, FieldDefinition field, Versions flexible) {
    Versions tagged = field.taggedVersions();
    require(
        (field.tag() == null) == tagged.isEmpty(),
        at,
        "\"tag\" and \"taggedVersions\" need each other");
    if (field.tag() == null) {
      return;
    }
    require(field.tag() >= 0, at, "tag " + field.tag() + " is negative");
    require(
        field.versions().containsAll(tagged) && tagged.highest() == field.versions().highest(),
        at,
        "is tagged in versions "
            + tagged
            + ", but must be so to the end of its "
            + field.versions());
    require(!field.mapKey(), at, "a map key cannot be tagged");
    require(
        flexible.isEmpty() || tagged.lowest() >= flexible.lowest(),
        at,
        "is tagged in versions " + tagged + ", but only " + flexible + " are flexible");
  }

  private void require(boolean holds, String at, String reason) {
    if (!holds) {
      throw new DefinitionException(file, at, reason);
    }
  }
}
