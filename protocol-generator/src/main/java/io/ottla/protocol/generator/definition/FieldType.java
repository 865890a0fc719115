package io.ottla.protocol.generator.definition;

/** The type of a field: a primitive, a struct, or an array of either. */
public sealed interface FieldType {
  /** A struct that the same file defines. */
  record Struct(String name) implements FieldType {
    @Override
    public String toString() {
      return name;
    }
  }

  /** An array; its elements are no arrays. */
  record Array(FieldType element) implements FieldType {
    @Override
    public String toString() {
      return "[]" + element;
    }
  }

  /** A type that the wire defines. */
  enum Primitive implements FieldType {
    BOOL,
    INT8,
    INT16,
    UINT16,
    INT32,
    UINT32,
    INT64,
    FLOAT64,
    STRING,
    UUID,
    BYTES,
    RECORDS;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Reads {@code "int32"}, {@code "[]string"}, {@code "TopicName"}, {@code "[]TopicName"}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static FieldType parse(String text) {
    if (text.startsWith("[]")) {
      FieldType element = parse(text.substring(2));
      if (element instanceof Array || element == Primitive.BYTES || element == Primitive.RECORDS) {
        throw new IllegalArgumentException("an array of " + element + " has no form on the wire");
      }
      return new Array(element);
    }
    for (Primitive primitive : Primitive.values()) {
      if (primitive.toString().equals(text)) {
        return primitive;
      }
    }
    if (text.isEmpty() || !Character.isUpperCase(text.charAt(0))) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is neither a primitive type nor a struct, whose name begins in upper case");
    }
    return new Struct(text);
  }

  /** The type of the elements if it is an array, else the type itself. */
  default FieldType elementOrSelf() {
    return this instanceof Array array ? array.element : this;
  }

  /** True if null has a form on the wire. */
  default boolean mayBeNull() {
    return !(this instanceof Primitive primitive)
        || primitive == Primitive.STRING
        || primitive == Primitive.BYTES
        || primitive == Primitive.RECORDS;
  }
}
