package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;

/** The tagged fields of a struct that knows some. */
final class ReadTagged implements Rule {
  private static final String KEEP =
      "unknownTaggedFields().add(in.readUnknownTaggedField(tag, end));";

  @Override
  public void emit(StructModel struct, SourceWriter out) {
    if (struct.taggedFields().isEmpty()) {
      return;
    }
    out.blank();
    out.open("private void readTaggedFields(WireReader in, int version)");
    out.line("int count = in.readTaggedFieldCount();");
    out.open("for (int i = 0; i < count; i++)");
    out.line("int tag = in.readUnsignedVarint();");
    out.line("int end = in.beginTaggedField();");
    out.open("switch (tag)");
    for (FieldModel field : struct.taggedFields()) {
      out.open("case %d ->", field.tag());
      Branch.split(
          out,
          struct.flexible(),
          field.tagged(),
          versions -> {
            Read.value(field, versions, out);
            out.line("in.endTaggedField(end);");
          },
          others -> out.line(KEEP));
      out.close();
    }
    out.line("default -> " + KEEP);
    out.close();
    out.close();
    out.close();
  }
}
