package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.JavaTypes;
import io.ottla.protocol.generator.model.StructModel;

/** One method per array, so that {@code read} stays small enough for the compiler of the JVM. */
final class ReadArrays implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    struct.fields().stream().filter(FieldModel::isArray).forEach(field -> array(field, out));
  }

  private static void array(FieldModel field, SourceWriter out) {
    Versions versions = field.versions();
    out.blank();
    out.open(
        "private static %s %s(WireReader in, int version)",
        field.annotatedType(), Expressions.method("read", field));
    out.line(
        "int count = %s;",
        Branch.choose(
            versions,
            field.flexible(),
            flexible -> "in.readCompactArrayLength(" + field.minElementBytes(flexible) + ")",
            others -> "in.readArrayLength(" + field.minElementBytes(others) + ")"));
    out.open("if (count < 0)");
    Branch.when(out, versions, field.nullable(), nullable -> out.line("return null;"));
    if (!field.nullable().containsAll(versions)) {
      out.line("throw in.nullNotAllowed(\"%s\");", field.name());
    }
    out.close();
    out.line("%s elements = new ArrayList<>(count);", field.javaType());
    out.open("for (int i = 0; i < count; i++)");
    out.line("elements.add(%s);", element(field));
    out.close();
    out.line("return elements;");
    out.close();
  }

  private static String element(FieldModel field) {
    FieldType type = field.type().elementOrSelf();
    if (!(type instanceof Primitive primitive)) {
      return "new " + type + "(in, version)";
    }
    if (primitive != Primitive.STRING) {
      return "in.read" + JavaTypes.wireName(primitive) + "()";
    }
    return Branch.choose(
        field.versions(),
        field.flexible(),
        flexible -> "in.readCompactString()",
        others -> "in.readString()");
  }
}
