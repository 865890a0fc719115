package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Array;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.Versions;
import org.jspecify.annotations.Nullable;

/**
 * A field of a struct. All its ranges lie within the struct's.
 *
 * @param name as in the definition
 * @param javaName its accessor
 * @param struct what it is of, or its elements are; null if that is a primitive
 * @param nullable the versions in which null may be written and read
 * @param tagged the versions in which it is a tagged field
 * @param tag −1 if it never is
 * @param flexible the versions in which it has the compact form
 * @param initial its default
 * @param secret whether no text about the message may show it
 */
public record FieldModel(
    String name,
    String javaName,
    FieldType type,
    @Nullable StructModel struct,
    Versions versions,
    Versions nullable,
    Versions tagged,
    int tag,
    Versions flexible,
    DefaultValue initial,
    boolean ignorable,
    boolean mapKey,
    boolean secret,
    @Nullable String entityType,
    String about) {

  /** The versions in which it has a fixed place instead of a tag. */
  public Versions mandatory() {
    return tagged.isEmpty() ? versions : versions.below(tagged);
  }

  /** Whether its Java type admits null. */
  public boolean isNullable() {
    return !nullable.isEmpty() || type == Primitive.RECORDS;
  }

  public boolean isArray() {
    return type instanceof Array;
  }

  /** Whether it is one struct, no array of them. */
  public boolean isStruct() {
    return type instanceof FieldType.Struct;
  }

  /** Its Java type without annotations. */
  public String javaType() {
    return type instanceof Array array
        ? "List<" + JavaTypes.boxed(array.element()) + ">"
        : JavaTypes.of(type);
  }

  /** Its Java type, marked as nullable where it is. */
  public String annotatedType() {
    if (!isNullable()) {
      return javaType();
    }
    return type == Primitive.BYTES ? "byte @Nullable []" : "@Nullable " + javaType();
  }

  /** The fewest bytes that one element of this array takes in any of the versions. */
  public int minElementBytes(Versions among) {
    FieldType element = type.elementOrSelf();
    int least = Integer.MAX_VALUE;
    for (int version = among.lowest(); version <= among.highest(); version++) {
      int bytes =
          struct == null ? minBytes(element, flexible.contains(version)) : struct.minBytes(version);
      least = Math.min(least, bytes);
    }
    return least;
  }

  int minBytes(int version) {
    if (struct != null && isStruct()) {
      return nullable.contains(version) ? 1 : struct.minBytes(version);
    }
    return minBytes(type, flexible.contains(version));
  }

  private static int minBytes(FieldType type, boolean compact) {
    if (type instanceof Primitive primitive) {
      int fixed = JavaTypes.fixedBytes(primitive);
      return fixed > 0 ? fixed : compact ? 1 : primitive == Primitive.STRING ? 2 : 4;
    }
    return compact ? 1 : 4;
  }
}
