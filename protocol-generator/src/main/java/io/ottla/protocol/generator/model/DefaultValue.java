package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Array;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.FieldType.Struct;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a field holds until it is set, as Java.
 *
 * @param expression makes the value
 * @param isNull whether that is null
 */
public record DefaultValue(String expression, boolean isNull) {
  private static final DefaultValue NULL = new DefaultValue("null", true);

  /**
   * The default of a field.
   *
   * @param text what the definition says; null if nothing
   * @throws IllegalArgumentException if the type has no such value
   */
  static DefaultValue of(FieldType type, @Nullable String text) {
    if (text != null && text.equals("null")) {
      if (!type.mayBeNull()) {
        throw new IllegalArgumentException("a " + type + " has no null for a default");
      }
      return NULL;
    }
    if (type instanceof Primitive primitive) {
      return primitive == Primitive.RECORDS && text == null
          ? NULL
          : new DefaultValue(primitive(primitive, text == null ? "" : text), false);
    }
    if (text != null && !text.isEmpty()) {
      throw new IllegalArgumentException("a " + type + " has no default but null");
    }
    String fresh =
        type instanceof Array ? "new ArrayList<>()" : "new " + ((Struct) type).name() + "()";
    return new DefaultValue(fresh, false);
  }

  private static String primitive(Primitive type, String text) {
    return switch (type) {
      case BOOL -> bool(text);
      case INT8 -> integer(type, text, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> integer(type, text, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> integer(type, text, 0, 0xFFFF);
      case INT32 -> integer(type, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case UINT32 -> integer(type, text, 0, 0xFFFF_FFFFL) + "L";
      case INT64 -> integer(type, text, Long.MIN_VALUE, Long.MAX_VALUE) + "L";
      case FLOAT64 -> float64(text);
      case STRING -> JavaText.literal(text);
      case UUID -> none(type, text, "WireReader.ZERO_UUID");
      case BYTES -> none(type, text, "new byte[0]");
      case RECORDS -> none(type, text, "null");
    };
  }

  private static String bool(String text) {
    return switch (text) {
      case "true" -> "true";
      case "false", "" -> "false";
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static String integer(Primitive type, String text, long least, long most) {
    if (text.isEmpty()) {
      return "0";
    }
    BigInteger value;
    try {
      boolean hex = text.startsWith("0x");
      value = new BigInteger(hex ? text.substring(2) : text, hex ? 16 : 10);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not an integer", e);
    }
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException(text + " does not fit into " + type);
    }
    return value.toString();
  }

  private static String float64(String text) {
    if (text.isEmpty()) {
      return "0.0";
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return Double.toString(value);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not a finite number");
  }

  private static String none(Primitive type, String text, String expression) {
    if (!text.isEmpty()) {
      throw new IllegalArgumentException("a " + type + " has no default of its own");
    }
    return expression;
  }
}
