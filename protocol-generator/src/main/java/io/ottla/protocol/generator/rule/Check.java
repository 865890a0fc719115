package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;

/** What both {@code size} and {@code write} check first: can this version carry what is set? */
final class Check implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    out.blank();
    out.open("private void check(int version)");
    version(struct, out);
    Versions context = struct.versions();
    for (FieldModel field : struct.fields()) {
      if (!field.ignorable()) {
        String lacks = Branch.notIn(context, field.versions());
        refuse(
            struct, out, Branch.all(lacks, Expressions.isSet(field)), lacks, field.name(), false);
      }
      if (field.isNullable()) {
        String needs =
            Branch.all(
                Branch.in(context, field.versions()),
                Branch.notIn(field.versions(), field.nullable()));
        String isNull = "this." + field.javaName() + " == null";
        refuse(struct, out, Branch.all(needs, isNull), needs, field.name(), true);
      }
    }
    if (!struct.flexible().isEmpty()) {
      String lacks = Branch.notIn(context, struct.flexible());
      String isSet = "UnknownTaggedFields.areSet(this.unknownTaggedFields)";
      refuse(struct, out, Branch.all(lacks, isSet), lacks, "unknownTaggedFields", false);
    }
    out.close();
  }

  /** The first statement of whatever takes a version. */
  static void version(StructModel struct, SourceWriter out) {
    out.line(
        "UnsupportedMessageVersionException.check(\"%s\", version, LOWEST_VERSION,"
            + " HIGHEST_VERSION);",
        struct.path());
  }

  private static void refuse(
      StructModel struct,
      SourceWriter out,
      String condition,
      String versions,
      String field,
      boolean isNull) {
    if (versions.equals("false")) {
      return;
    }
    out.open("if (%s)", condition);
    out.line(
        isNull
            ? "throw UnsupportedFieldException.ofNull(\"%s\", \"%s\", version);"
            : "throw new UnsupportedFieldException(\"%s\", \"%s\", version);",
        struct.path(),
        field);
    out.close();
  }
}
