package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;
import java.util.Set;

/** Versions, fields, and constructors: one for users, one that reads without setting defaults. */
final class Fields implements Rule {
  private static final Set<String> JAVA_DEFAULTS = Set.of("0", "0L", "0.0", "false", "null");

  @Override
  public void emit(StructModel struct, SourceWriter out) {
    out.javadoc("The lowest version.");
    out.line("public static final int LOWEST_VERSION = %d;", struct.versions().lowest());
    out.javadoc("The highest version.");
    out.line("public static final int HIGHEST_VERSION = %d;", struct.versions().highest());
    for (FieldModel field : struct.fields()) {
      if (field.isStruct() && !field.initial().isNull()) {
        out.line(
            "private static final %s %s = %s;",
            field.javaType(), Expressions.defaultConstant(field), field.initial().expression());
      }
    }
    out.blank();
    for (FieldModel field : struct.fields()) {
      out.line("private %s %s;", field.annotatedType(), field.javaName());
    }
    if (!struct.flexible().isEmpty()) {
      out.line("private @Nullable List<RawTaggedField> unknownTaggedFields;");
    }
    out.blank();
    out.javadoc("All fields have their defaults.");
    out.open("public %s()", struct.name());
    for (FieldModel field : struct.fields()) {
      if (!JAVA_DEFAULTS.contains(field.initial().expression())) {
        out.line("this.%s = %s;", field.javaName(), field.initial().expression());
      }
    }
    out.close();
    if (!struct.name().equals(struct.path())) {
      out.blank();
      out.open("private %s(WireReader in, int version)", struct.name());
      out.line("read(in, version);");
      out.close();
    }
  }
}
