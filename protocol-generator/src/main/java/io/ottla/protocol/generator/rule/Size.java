package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.JavaTypes;
import io.ottla.protocol.generator.model.StructModel;
import java.util.List;
import java.util.Map;

/** {@code size}: what is fixed is summed here, the rest in the generated code. */
final class Size implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public int size(int version)");
    out.line("check(version);");
    Map<Versions, List<FieldModel>> groups = Groups.byVersions(struct.fields());
    List<FieldModel> always = groups.remove(struct.versions());
    List<FieldModel> unconditional = always == null ? List.of() : always;
    out.line("int size = %d;", fixedBytes(unconditional));
    variable(unconditional, struct.versions(), out);
    groups.forEach(
        (wanted, fields) ->
            Branch.when(
                out,
                struct.versions(),
                wanted,
                versions -> {
                  int fixed = fixedBytes(fields);
                  if (fixed > 0) {
                    out.line("size += %d;", fixed);
                  }
                  variable(fields, versions, out);
                }));
    Branch.when(
        out,
        struct.versions(),
        struct.flexible(),
        flexible ->
            out.line(
                "size += %s;",
                struct.taggedFields().isEmpty()
                    ? "UnknownTaggedFields.size(this.unknownTaggedFields, 0)"
                    : "sizeOfTaggedFields(version)"));
    out.line("return size;");
    out.close();
  }

  private static int fixedBytes(List<FieldModel> fields) {
    return fields.stream().mapToInt(field -> JavaTypes.fixedBytes(field.type())).sum();
  }

  private static void variable(List<FieldModel> fields, Versions versions, SourceWriter out) {
    for (FieldModel field : fields) {
      if (JavaTypes.fixedBytes(field.type()) == 0) {
        out.line("size += %s;", content(field, versions));
      }
    }
  }

  /** The bytes of a field's content, wherever it stands. */
  static String content(FieldModel field, Versions versions) {
    String it = "this." + field.javaName();
    if (field.isArray()) {
      return Expressions.method("sizeOf", field) + "(version)";
    }
    if (field.isStruct()) {
      String size = it + ".size(version)";
      return Branch.choose(
          versions,
          field.nullable(),
          nullable -> it + " == null ? 1 : 1 + " + size,
          others -> size);
    }
    int fixed = JavaTypes.fixedBytes(field.type());
    if (fixed > 0) {
      return Integer.toString(fixed);
    }
    String name = JavaTypes.wireName((Primitive) field.type());
    return Branch.choose(
        versions,
        field.flexible(),
        flexible -> "WireSize.ofCompact" + name + "(" + it + ")",
        others -> "WireSize.of" + name + "(" + it + ")");
  }
}
