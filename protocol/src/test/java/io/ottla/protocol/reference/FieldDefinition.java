package io.ottla.protocol.reference;

import org.jspecify.annotations.Nullable;

/**
 * One field, as the definition in a kafka-clients jar says it.
 *
 * @param name in the definition's spelling
 * @param kind the type, or the elements' type of an array
 * @param isArray whether it is an array
 * @param struct what a struct consists of; null for other kinds
 * @param versions the versions that have it
 * @param nullable the versions in which it may be null
 * @param tagged the versions in which it is a tagged field
 */
record FieldDefinition(
    String name,
    Kind kind,
    boolean isArray,
    @Nullable StructDefinition struct,
    Versions versions,
    Versions nullable,
    Versions tagged) {

  /** Whether a message of this version may leave it out by giving it null. */
  boolean isNullable(int version) {
    return nullable.contains(version);
  }

  boolean isReference() {
    return isArray || kind.isReference();
  }
}
