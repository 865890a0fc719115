package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;

/** The bytes of all tagged fields of a struct that knows some. */
final class SizeTagged implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    if (struct.taggedFields().isEmpty()) {
      return;
    }
    out.blank();
    out.open("private int sizeOfTaggedFields(int version)");
    out.line("int known = 0;");
    out.line("int size = 0;");
    for (FieldModel field : struct.taggedFields()) {
      out.open("if (%s)", WriteTagged.isWritten(struct, field));
      out.line("known++;");
      out.line(
          "size += WireSize.ofTaggedField(%d, %s);",
          field.tag(), Size.content(field, struct.flexible().and(field.tagged())));
      out.close();
    }
    out.line("return size + UnknownTaggedFields.size(this.unknownTaggedFields, known);");
    out.close();
  }
}
