package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.JavaTypes;
import io.ottla.protocol.generator.model.StructModel;

/** One method per array, for the same reason as in {@link ReadArrays}. */
final class SizeArrays implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    struct.fields().stream().filter(FieldModel::isArray).forEach(field -> array(field, out));
  }

  private static void array(FieldModel field, SourceWriter out) {
    out.blank();
    out.open("private int %s(int version)", Expressions.method("sizeOf", field));
    out.line("%s elements = this.%s;", field.annotatedType(), field.javaName());
    if (field.isNullable()) {
      out.open("if (elements == null)");
      out.line(
          "return %s;",
          Branch.choose(field.versions(), field.flexible(), flexible -> "1", others -> "4"));
      out.close();
    }
    FieldType type = field.type().elementOrSelf();
    int fixed = JavaTypes.fixedBytes(type);
    String length =
        Branch.choose(
            field.versions(),
            field.flexible(),
            flexible -> "WireSize.ofCompactLength(elements.size())",
            others -> "4");
    if (fixed > 0) {
      out.line("return %d * elements.size() + %s;", fixed, parenthesized(length));
    } else {
      out.line("int size = %s;", length);
      out.open("for (%s element : elements)", JavaTypes.boxed(type));
      out.line("size += %s;", element(field));
      out.close();
      out.line("return size;");
    }
    out.close();
  }

  private static String parenthesized(String expression) {
    return expression.contains(" ? ") ? "(" + expression + ")" : expression;
  }

  private static String element(FieldModel field) {
    if (field.struct() != null) {
      return "element.size(version)";
    }
    return Branch.choose(
        field.versions(),
        field.flexible(),
        flexible -> "WireSize.ofCompactString(element)",
        others -> "WireSize.ofString(element)");
  }
}
