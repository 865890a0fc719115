package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.FieldType.Array;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.model.FieldModel;
import io.ottla.protocol.generator.model.Names;

/** Small pieces of Java about one field that several rules need. */
final class Expressions {
  private Expressions() {}

  /** Whether its Java type is a primitive one. */
  static boolean isPrimitive(FieldModel field) {
    return field.type() instanceof Primitive primitive
        && switch (primitive) {
          case BOOL, INT8, INT16, UINT16, INT32, UINT32, INT64, FLOAT64 -> true;
          case STRING, UUID, BYTES, RECORDS -> false;
        };
  }

  /** {@code Topics} becomes {@code readTopics}. */
  static String method(String verb, FieldModel field) {
    return verb + Character.toUpperCase(field.name().charAt(0)) + field.name().substring(1);
  }

  /** A condition: the field holds something else than its default. */
  static String isSet(FieldModel field) {
    String it = "this." + field.javaName();
    String initial = field.initial().expression();
    if (field.initial().isNull()) {
      return it + " != null";
    }
    if (field.type() == Primitive.BOOL) {
      return initial.equals("true") ? "!" + it : it;
    }
    if (isPrimitive(field)) {
      return it + " != " + initial;
    }
    if (field.type() instanceof Array) {
      return orNull(field, "!" + it + ".isEmpty()");
    }
    if (field.type() == Primitive.BYTES) {
      return orNull(field, it + ".length != 0");
    }
    if (field.isStruct()) {
      return "!" + defaultConstant(field) + ".equals(" + it + ")";
    }
    return field.isNullable()
        ? "!" + initial + ".equals(" + it + ")"
        : "!" + it + ".equals(" + initial + ")";
  }

  /** The constant that a struct's content is compared with, so that no new one has to be made. */
  static String defaultConstant(FieldModel field) {
    return "DEFAULT_" + Names.constant(field.name());
  }

  private static String orNull(FieldModel field, String condition) {
    return field.isNullable()
        ? "(this." + field.javaName() + " == null || " + condition + ")"
        : condition;
  }
}
