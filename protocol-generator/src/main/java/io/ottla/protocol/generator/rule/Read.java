package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.JavaTypes;
import io.ottla.protocol.generator.model.StructModel;
import java.util.List;

/** {@code read}: fields that the version lacks, and tagged ones that do not come, get defaults. */
final class Read implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public void read(WireReader in, int version)");
    Check.version(struct, out);
    for (List<FieldModel> group : Groups.ofNeighbours(struct.fields())) {
      Branch.split(
          out,
          struct.versions(),
          group.get(0).mandatory(),
          versions -> group.forEach(field -> value(field, versions, out)),
          versions -> group.forEach(field -> initial(field, out)));
    }
    tagged(struct, out);
    out.close();
  }

  /** Reads a field's content, wherever it stands. */
  static void value(FieldModel field, Versions versions, SourceWriter out) {
    out.line("this.%s = %s;", field.javaName(), expression(field, versions));
    if (field.type() == Primitive.RECORDS) {
      String notNullable = Branch.notIn(versions, field.nullable());
      if (!notNullable.equals("false")) {
        out.open("if (%s)", Branch.all(notNullable, "this." + field.javaName() + " == null"));
        out.line("throw in.nullNotAllowed(\"%s\");", field.name());
        out.close();
      }
    }
  }

  private static void initial(FieldModel field, SourceWriter out) {
    out.line("this.%s = %s;", field.javaName(), field.initial().expression());
  }

  private static void tagged(StructModel struct, SourceWriter out) {
    if (struct.flexible().isEmpty()) {
      return;
    }
    if (struct.taggedFields().isEmpty()) {
      out.line(
          "this.unknownTaggedFields = %s;",
          Branch.choose(
              struct.versions(),
              struct.flexible(),
              flexible -> "in.readUnknownTaggedFields()",
              others -> "null"));
      return;
    }
    out.line("this.unknownTaggedFields = null;");
    Branch.when(
        out,
        struct.versions(),
        struct.flexible(),
        flexible -> out.line("readTaggedFields(in, version);"));
  }

  private static String expression(FieldModel field, Versions versions) {
    StructModel struct = field.struct();
    if (field.isArray()) {
      return Expressions.method("read", field) + "(in, version)";
    }
    if (struct != null) {
      String fresh = "new " + struct.name() + "(in, version)";
      return Branch.choose(
          versions,
          field.nullable(),
          nullable -> "in.readInt8() < 0 ? null : " + fresh,
          others -> fresh);
    }
    return Branch.choose(
        versions,
        field.flexible(),
        flexible -> primitive(field, flexible, "Compact"),
        others -> primitive(field, others, ""));
  }

  private static String primitive(FieldModel field, Versions versions, String compact) {
    Primitive type = (Primitive) field.type();
    String name = JavaTypes.wireName(type);
    return switch (type) {
      case RECORDS -> "in.read" + compact + name + "()";
      case STRING, BYTES ->
          Branch.choose(
              versions,
              field.nullable(),
              nullable -> "in.read" + compact + "Nullable" + name + "()",
              others -> "in.read" + compact + name + "()");
      default -> "in.read" + name + "()";
    };
  }
}
