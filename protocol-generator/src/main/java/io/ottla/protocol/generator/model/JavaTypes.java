package io.ottla.protocol.generator.model;

import io.ottla.protocol.generator.definition.FieldType;
import io.ottla.protocol.generator.definition.FieldType.Primitive;

/** What the wire's types are in Java, and how long they are. */
public final class JavaTypes {
  private JavaTypes() {}

  /** The Java type of a primitive or a struct. */
  static String of(FieldType type) {
    if (!(type instanceof Primitive primitive)) {
      return type.toString();
    }
    return switch (primitive) {
      case BOOL -> "boolean";
      case INT8 -> "byte";
      case INT16 -> "short";
      case UINT16, INT32 -> "int";
      case UINT32, INT64 -> "long";
      case FLOAT64 -> "double";
      case STRING -> "String";
      case UUID -> "UUID";
      case BYTES -> "byte[]";
      case RECORDS -> "ByteBuffer";
    };
  }

  /** The same, fit to be the type argument of a list. */
  public static String boxed(FieldType type) {
    String plain = of(type);
    return switch (plain) {
      case "int" -> "Integer";
      case "boolean", "byte", "short", "long", "double" ->
          Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
      default -> plain;
    };
  }

  /** The bytes that every value of the type takes; 0 if they differ. */
  public static int fixedBytes(FieldType type) {
    if (!(type instanceof Primitive primitive)) {
      return 0;
    }
    return switch (primitive) {
      case BOOL, INT8 -> 1;
      case INT16, UINT16 -> 2;
      case INT32, UINT32 -> 4;
      case INT64, FLOAT64 -> 8;
      case UUID -> 16;
      case STRING, BYTES, RECORDS -> 0;
    };
  }

  /** How the wire's reader and writer call the type: the end of {@code readInt32}. */
  public static String wireName(Primitive primitive) {
    return switch (primitive) {
      case BOOL -> "Boolean";
      case INT8 -> "Int8";
      case INT16 -> "Int16";
      case UINT16 -> "Uint16";
      case INT32 -> "Int32";
      case UINT32 -> "Uint32";
      case INT64 -> "Int64";
      case FLOAT64 -> "Float64";
      case STRING -> "String";
      case UUID -> "Uuid";
      case BYTES -> "Bytes";
      case RECORDS -> "Records";
    };
  }
}
