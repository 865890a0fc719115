package io.ottla.protocol.generator.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message out of the present definition and an older one that still has lower versions.
 *
 * <p>Below the present's lowest version the older one is right, from there on the present one. In
 * the versions that both have they must agree; otherwise one of them was misread, and generation
 * stops. A field that only the older one has is added for the lower versions, in its old place.
 */
final class Merge {
  private final MessageDefinition present;
  private final MessageDefinition legacy;
  private final Versions lower;
  private final Versions shared;

  private Merge(MessageDefinition present, MessageDefinition legacy) {
    this.present = present;
    this.legacy = legacy;
    this.lower = legacy.validVersions().below(present.validVersions());
    this.shared = legacy.validVersions().and(present.validVersions());
  }

  static MessageDefinition of(MessageDefinition present, MessageDefinition legacy) {
    Merge merge = new Merge(present, legacy);
    return present.validVersions().isEmpty() || merge.lower.isEmpty() ? present : merge.message();
  }

  private MessageDefinition message() {
    if (!legacy.validVersions().joins(present.validVersions())) {
      throw conflict("", "validVersions", present.validVersions(), legacy.validVersions());
    }
    if (present.apiKey() != legacy.apiKey()) {
      throw conflict("", "apiKey", present.apiKey(), legacy.apiKey());
    }
    return new MessageDefinition(
        present.file(),
        present.name(),
        present.kind(),
        present.apiKey(),
        present.listeners(),
        lower.or(present.validVersions()),
        versions("", "flexibleVersions", present.flexibleVersions(), legacy.flexibleVersions()),
        present.latestVersionUnstable(),
        fields("", present.fields(), legacy.fields()),
        structs());
  }

  private List<StructDefinition> structs() {
    Map<String, StructDefinition> older = new HashMap<>();
    legacy.commonStructs().forEach(struct -> older.put(struct.name(), struct));
    List<StructDefinition> merged = new ArrayList<>();
    for (StructDefinition struct : present.commonStructs()) {
      StructDefinition old = older.remove(struct.name());
      merged.add(old == null ? struct : struct(struct, old));
    }
    for (StructDefinition struct : legacy.commonStructs()) {
      if (older.containsKey(struct.name())) {
        merged.add(struct);
      }
    }
    return merged;
  }

  private StructDefinition struct(StructDefinition struct, StructDefinition old) {
    return new StructDefinition(
        struct.name(),
        versions(struct.name(), "versions", struct.versions(), old.versions()),
        fields(struct.name(), struct.fields(), old.fields()));
  }

  private List<FieldDefinition> fields(
      String path, List<FieldDefinition> ours, List<FieldDefinition> theirs) {
    Map<String, FieldDefinition> oldByName = new HashMap<>();
    theirs.forEach(field -> oldByName.put(field.name(), field));
    Set<String> names = new HashSet<>();
    List<FieldDefinition> merged = new ArrayList<>();
    for (FieldDefinition field : ours) {
      names.add(field.name());
      FieldDefinition old = oldByName.get(field.name());
      merged.add(old == null ? presentOnly(path, field) : both(path, field, old));
    }
    int at = 0;
    for (FieldDefinition old : theirs) {
      if (!names.contains(old.name())) {
        FieldDefinition kept = legacyOnly(path, old);
        if (kept != null) {
          merged.add(at++, kept);
        }
        continue;
      }
      int next = indexOf(merged, old.name()) + 1;
      if (next <= at) {
        throw new DefinitionException(
            present.file(),
            join(path, old.name()),
            "present and older definition have their fields in different order");
      }
      at = next;
    }
    return merged;
  }

  private static int indexOf(List<FieldDefinition> fields, String name) {
    int index = 0;
    while (!fields.get(index).name().equals(name)) {
      index++;
    }
    return index;
  }

  /** A tagged field may appear in a version that exists already, any other only in a new one. */
  private FieldDefinition presentOnly(String path, FieldDefinition field) {
    Versions late = field.versions().and(shared);
    if (!field.taggedVersions().containsAll(late)) {
      throw conflict(join(path, field.name()), "versions", field.versions(), Versions.NONE);
    }
    return withVersions(
        field, field.versions().and(Versions.of(present.validVersions().lowest(), Versions.OPEN)));
  }

  private @Nullable FieldDefinition legacyOnly(String path, FieldDefinition field) {
    if (!field.versions().and(shared).isEmpty()) {
      throw conflict(join(path, field.name()), "versions", Versions.NONE, field.versions());
    }
    Versions versions = field.versions().and(lower);
    return versions.isEmpty() ? null : withVersions(field, versions);
  }

  private FieldDefinition both(String path, FieldDefinition field, FieldDefinition old) {
    String at = join(path, field.name());
    same(at, "type", field.type(), old.type());
    same(at, "default", field.defaultValue(), old.defaultValue());
    if (field.tag() != null && old.tag() != null) {
      same(at, "tag", field.tag(), old.tag());
    }
    return new FieldDefinition(
        field.name(),
        field.type(),
        versions(at, "versions", field.versions(), old.versions()),
        versions(
            at,
            "nullableVersions",
            field.nullableVersions().and(field.versions()),
            old.nullableVersions().and(old.versions())),
        versions(at, "taggedVersions", field.taggedVersions(), old.taggedVersions()),
        field.tag() != null ? field.tag() : old.tag(),
        fieldFlexibleVersions(at, field, old),
        field.defaultValue(),
        ignorable(field, old),
        field.mapKey(),
        field.entityType(),
        field.about(),
        fields(at, field.fields(), old.fields()));
  }

  /** Matters where a version lacks the field; if only lower versions do, the older one knows. */
  private boolean ignorable(FieldDefinition field, FieldDefinition old) {
    return field.versions().containsAll(present.validVersions())
        ? old.ignorable()
        : field.ignorable();
  }

  private @Nullable Versions fieldFlexibleVersions(
      String at, FieldDefinition field, FieldDefinition old) {
    Versions ours = field.flexibleVersions();
    Versions theirs = old.flexibleVersions();
    if (ours == null && theirs == null) {
      return null;
    }
    return versions(
        at,
        "flexibleVersions",
        ours == null ? present.flexibleVersions() : ours,
        theirs == null ? legacy.flexibleVersions() : theirs);
  }

  private Versions versions(String path, String property, Versions ours, Versions theirs) {
    Versions below = theirs.and(lower);
    Versions above = ours.and(Versions.of(present.validVersions().lowest(), Versions.OPEN));
    if (!ours.and(shared).equals(theirs.and(shared)) || !below.joins(above)) {
      throw conflict(path, property, ours, theirs);
    }
    return below.or(above);
  }

  private void same(String path, String property, @Nullable Object ours, @Nullable Object theirs) {
    if (!Objects.equals(ours, theirs)) {
      throw conflict(path, property, ours, theirs);
    }
  }

  private DefinitionException conflict(
      String path, String property, @Nullable Object ours, @Nullable Object theirs) {
    return new DefinitionException(
        present.file(),
        path,
        "the present definition (versions "
            + present.validVersions()
            + ") says "
            + property
            + " "
            + ours
            + ", the older one (versions "
            + legacy.validVersions()
            + ") says "
            + theirs);
  }

  private static FieldDefinition withVersions(FieldDefinition field, Versions versions) {
    return new FieldDefinition(
        field.name(),
        field.type(),
        versions,
        field.nullableVersions().and(versions),
        field.taggedVersions().and(versions),
        field.tag(),
        field.flexibleVersions(),
        field.defaultValue(),
        field.ignorable(),
        field.mapKey(),
        field.entityType(),
        field.about(),
        field.fields());
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
