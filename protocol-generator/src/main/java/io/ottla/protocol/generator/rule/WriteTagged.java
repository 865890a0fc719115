package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;
import java.util.stream.Collectors;

/** Tagged fields that are set, in the order of their tags, with the unknown ones in between. */
final class WriteTagged implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    if (struct.taggedFields().isEmpty()) {
      return;
    }
    out.blank();
    out.open("private void writeTaggedFields(WireWriter out, int version)");
    out.line(
        "List<RawTaggedField> unknown = UnknownTaggedFields.ascending(this.unknownTaggedFields);");
    for (FieldModel field : struct.taggedFields()) {
      out.line("boolean %s = %s;", flag(field), isWritten(struct, field));
    }
    out.line(
        "out.writeUnsignedVarint(unknown.size()%s);",
        struct.taggedFields().stream()
            .map(field -> " + (" + flag(field) + " ? 1 : 0)")
            .collect(Collectors.joining()));
    out.line("int next = 0;");
    for (FieldModel field : struct.taggedFields()) {
      out.open("if (%s)", flag(field));
      out.line("next = out.writeUnknownTaggedFields(unknown, next, %d);", field.tag());
      out.line("out.writeUnsignedVarint(%d);", field.tag());
      out.line(
          "out.writeUnsignedVarint(%s);",
          Size.content(field, struct.flexible().and(field.tagged())));
      Write.value(field, field.tagged(), out);
      out.close();
    }
    out.line("out.writeRemainingTaggedFields(unknown, next);");
    out.close();
  }

  private static String flag(FieldModel field) {
    return Expressions.method("has", field);
  }

  /** A condition: the field takes part in the tagged fields. */
  static String isWritten(StructModel struct, FieldModel field) {
    return Branch.all(Branch.in(struct.flexible(), field.tagged()), Expressions.isSet(field));
  }
}
