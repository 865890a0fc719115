package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;

/** {@code equals} and {@code hashCode} over all fields. */
final class Equality implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    equals(struct, out);
    hashCode(struct, out);
  }

  private static void equals(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public boolean equals(@Nullable Object other)");
    if (struct.fields().isEmpty() && struct.flexible().isEmpty()) {
      out.line("return other instanceof %s;", struct.name());
      out.close();
      return;
    }
    out.open("if (!(other instanceof %s that))", struct.name());
    out.line("return false;");
    out.close();
    StringBuilder all = new StringBuilder("return ");
    String joint = "";
    for (FieldModel field : struct.fields()) {
      String name = field.javaName();
      all.append(joint).append(equal(field, "this." + name, "that." + name));
      joint = "\n    && ";
    }
    if (!struct.flexible().isEmpty()) {
      all.append(joint)
          .append("UnknownTaggedFields.same(this.unknownTaggedFields, that.unknownTaggedFields)");
    }
    all.toString().concat(";").lines().forEach(out::line);
    out.close();
  }

  static String equal(FieldModel field, String left, String right) {
    if (field.type() == Primitive.FLOAT64) {
      return "Double.compare(" + left + ", " + right + ") == 0";
    }
    if (Expressions.isPrimitive(field)) {
      return left + " == " + right;
    }
    if (field.type() == Primitive.BYTES) {
      return "Arrays.equals(" + left + ", " + right + ")";
    }
    return field.isNullable()
        ? "Objects.equals(" + left + ", " + right + ")"
        : left + ".equals(" + right + ")";
  }

  private static void hashCode(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public int hashCode()");
    out.line("int hash = %d;", struct.fields().size());
    for (FieldModel field : struct.fields()) {
      out.line("hash = 31 * hash + %s;", hash(field));
    }
    out.line("return hash;");
    out.close();
  }

  private static String hash(FieldModel field) {
    String it = "this." + field.javaName();
    if (!(field.type() instanceof Primitive primitive)) {
      return field.isNullable() ? "Objects.hashCode(" + it + ")" : it + ".hashCode()";
    }
    return switch (primitive) {
      case INT8, INT16, UINT16, INT32 -> it;
      case BOOL -> "Boolean.hashCode(" + it + ")";
      case UINT32, INT64 -> "Long.hashCode(" + it + ")";
      case FLOAT64 -> "Double.hashCode(" + it + ")";
      case BYTES -> "Arrays.hashCode(" + it + ")";
      case STRING, UUID, RECORDS ->
          field.isNullable() ? "Objects.hashCode(" + it + ")" : it + ".hashCode()";
    };
  }
}
