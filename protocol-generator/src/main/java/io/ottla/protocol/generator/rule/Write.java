package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.JavaTypes;
import io.ottla.protocol.generator.model.StructModel;
import java.util.List;

/** {@code write}: the fields in their fixed places, then the tagged ones. */
final class Write implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public void write(WireWriter out, int version)");
    out.line("check(version);");
    for (List<FieldModel> group : Groups.ofNeighbours(struct.fields())) {
      Branch.when(
          out,
          struct.versions(),
          group.get(0).mandatory(),
          versions -> group.forEach(field -> value(field, versions, out)));
    }
    Branch.when(
        out,
        struct.versions(),
        struct.flexible(),
        flexible ->
            out.line(
                struct.taggedFields().isEmpty()
                    ? "out.writeUnknownTaggedFields(this.unknownTaggedFields);"
                    : "writeTaggedFields(out, version);"));
    out.close();
  }

  /** Writes a field's content, wherever it stands. */
  static void value(FieldModel field, Versions versions, SourceWriter out) {
    String it = "this." + field.javaName();
    if (field.isArray()) {
      out.line("%s(out, version);", Expressions.method("write", field));
    } else if (field.isStruct()) {
      Branch.split(
          out,
          versions,
          field.nullable(),
          nullable -> nullableStruct(it, out),
          others -> out.line("%s.write(out, version);", it));
    } else if (JavaTypes.fixedBytes(field.type()) > 0) {
      out.line("out.write%s(%s);", JavaTypes.wireName((Primitive) field.type()), it);
    } else {
      Branch.split(
          out,
          versions,
          field.flexible(),
          flexible -> out.line("out.write%s(%s);", method(field, flexible, "Compact"), it),
          others -> out.line("out.write%s(%s);", method(field, others, ""), it));
    }
  }

  private static void nullableStruct(String it, SourceWriter out) {
    out.open("if (%s == null)", it);
    out.line("out.writeInt8((byte) -1);");
    out.turn("else");
    out.line("out.writeInt8((byte) 1);");
    out.line("%s.write(out, version);", it);
    out.close();
  }

  private static String method(FieldModel field, Versions versions, String compact) {
    Primitive type = (Primitive) field.type();
    String name = JavaTypes.wireName(type);
    boolean nullable = type != Primitive.RECORDS && !versions.and(field.nullable()).isEmpty();
    return compact + (nullable ? "Nullable" : "") + name;
  }
}
