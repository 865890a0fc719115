package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.JavaTypes;
import io.ottla.protocol.generator.model.StructModel;

/** One method per array, for the same reason as in {@link ReadArrays}. */
final class WriteArrays implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    struct.fields().stream().filter(FieldModel::isArray).forEach(field -> array(field, out));
  }

  private static void array(FieldModel field, SourceWriter out) {
    out.blank();
    out.open("private void %s(WireWriter out, int version)", Expressions.method("write", field));
    out.line("%s elements = this.%s;", field.annotatedType(), field.javaName());
    String count =
        field.isNullable() ? "elements == null ? -1 : elements.size()" : "elements.size()";
    Branch.split(
        out,
        field.versions(),
        field.flexible(),
        flexible -> out.line("out.writeCompactArrayLength(%s);", count),
        others -> out.line("out.writeArrayLength(%s);", count));
    if (field.isNullable()) {
      out.open("if (elements == null)");
      out.line("return;");
      out.close();
    }
    FieldType type = field.type().elementOrSelf();
    out.open("for (%s element : elements)", JavaTypes.boxed(type));
    if (!(type instanceof Primitive primitive)) {
      out.line("element.write(out, version);");
    } else if (primitive == Primitive.STRING) {
      Branch.split(
          out,
          field.versions(),
          field.flexible(),
          flexible -> out.line("out.writeCompactString(element);"),
          others -> out.line("out.writeString(element);"));
    } else {
      out.line("out.write%s(element);", JavaTypes.wireName(primitive));
    }
    out.close();
    out.close();
  }
}
