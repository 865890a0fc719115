package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;

/** What a message tells about itself, and a reader and a fluent setter per field. */
final class Accessors implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    constant(out, "lowestVersion", "LOWEST_VERSION");
    constant(out, "highestVersion", "HIGHEST_VERSION");
    for (FieldModel field : struct.fields()) {
      getter(struct, field, out);
      setter(struct, field, out);
    }
    unknownTaggedFields(struct, out);
  }

  private static void constant(SourceWriter out, String method, String constant) {
    out.blank();
    out.line("@Override");
    out.open("public int %s()", method);
    out.line("return %s;", constant);
    out.close();
  }

  private static void getter(StructModel struct, FieldModel field, SourceWriter out) {
    out.blank();
    out.javadoc(describe(struct, field));
    out.open("public %s %s()", field.annotatedType(), field.javaName());
    out.line("return this.%s;", field.javaName());
    out.close();
  }

  private static void setter(StructModel struct, FieldModel field, SourceWriter out) {
    boolean checked = !field.isNullable() && !Expressions.isPrimitive(field);
    out.blank();
    out.javadoc("Sets " + field.name() + ".");
    out.open("public %s %s(%s value)", struct.name(), field.javaName(), field.annotatedType());
    out.line(
        "this.%s = %s;",
        field.javaName(),
        checked ? "Objects.requireNonNull(value, \"" + field.name() + "\")" : "value");
    out.line("return this;");
    out.close();
  }

  private static String describe(StructModel struct, FieldModel field) {
    StringBuilder text = new StringBuilder(field.about().strip());
    if (text.isEmpty()) {
      text.append(field.name());
    }
    if (!text.toString().endsWith(".")) {
      text.append('.');
    }
    if (!field.versions().equals(struct.versions())) {
      text.append(" In versions ").append(field.versions()).append('.');
    }
    if (!field.tagged().isEmpty()) {
      text.append(" Tagged.");
    }
    if (!field.nullable().isEmpty() && !field.nullable().equals(field.versions())) {
      text.append(" Null only in versions ").append(field.nullable()).append('.');
    }
    if (field.entityType() != null) {
      text.append(" Names: ").append(field.entityType()).append('.');
    }
    return text.toString();
  }

  private static void unknownTaggedFields(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public List<RawTaggedField> unknownTaggedFields()");
    if (struct.flexible().isEmpty()) {
      out.line("return List.of();");
    } else {
      out.open("if (this.unknownTaggedFields == null)");
      out.line("this.unknownTaggedFields = new ArrayList<>(1);");
      out.close();
      out.line("return this.unknownTaggedFields;");
    }
    out.close();
  }
}
