package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;

/** {@code toString}: one line; of bytes only how many they are, of secrets nothing. */
final class Text implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public String toString()");
    String before = struct.name() + "(";
    StringBuilder text = new StringBuilder("return ");
    for (FieldModel field : struct.fields()) {
      text.append('"').append(before).append(field.javaName()).append("=\"\n");
      text.append("    + ").append(shown(field)).append("\n    + ");
      before = ", ";
    }
    if (struct.fields().isEmpty()) {
      text.append('"').append(before).append("\"\n    + ");
    }
    if (!struct.flexible().isEmpty()) {
      text.append("UnknownTaggedFields.text(this.unknownTaggedFields)\n    + ");
    }
    text.append("\")\";");
    text.toString().lines().forEach(out::line);
    out.close();
  }

  private static String shown(FieldModel field) {
    String it = "this." + field.javaName();
    if (field.secret()) {
      return "\"***\"";
    }
    if (field.type() == Primitive.RECORDS) {
      return "(" + it + " == null ? \"null\" : " + it + ".remaining() + \" bytes\")";
    }
    if (field.type() != Primitive.BYTES) {
      return it;
    }
    String length = it + ".length + \" bytes\"";
    return field.isNullable() ? "(" + it + " == null ? \"null\" : " + length + ")" : length;
  }
}
