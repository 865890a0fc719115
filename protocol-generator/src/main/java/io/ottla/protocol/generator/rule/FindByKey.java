package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.StructModel;
import java.util.List;
import java.util.stream.Collectors;

/** Arrays whose elements have a key: look one up. */
final class FindByKey implements Rule {
  @Override
  public void emit(StructModel struct, SourceWriter out) {
    for (FieldModel field : struct.fields()) {
      StructModel element = field.struct();
      if (element != null && field.isArray()) {
        List<FieldModel> keys = element.fields().stream().filter(FieldModel::mapKey).toList();
        if (!keys.isEmpty()) {
          find(field, element, keys, out);
        }
      }
    }
  }

  private static void find(
      FieldModel field, StructModel element, List<FieldModel> keys, SourceWriter out) {
    String parameters =
        keys.stream()
            .map(key -> key.annotatedType() + " " + key.javaName())
            .collect(Collectors.joining(", "));
    // A parameter may have the usual name of the loop's variable; none ends in an underscore.
    boolean taken = keys.stream().anyMatch(key -> key.javaName().equals("element"));
    String each = taken ? "element_" : "element";
    String match = keys.stream().map(key -> matches(each, key)).collect(Collectors.joining(" && "));
    out.blank();
    out.javadoc("The first of " + field.name() + " that has this key; null if there is none.");
    out.open(
        "public @Nullable %s %s(%s)",
        element.name(), Expressions.method("find", field), parameters);
    if (field.isNullable()) {
      out.open("if (this.%s == null)", field.javaName());
      out.line("return null;");
      out.close();
    }
    out.open("for (%s %s : this.%s)", element.name(), each, field.javaName());
    out.open("if (%s)", match);
    out.line("return %s;", each);
    out.close();
    out.close();
    out.line("return null;");
    out.close();
  }

  private static String matches(String each, FieldModel key) {
    return Equality.equal(key, each + "." + key.javaName(), key.javaName());
  }
}
