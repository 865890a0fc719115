package io.ottla.protocol.reference;

import io.ottla.protocol.message.Message;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * One field on both sides: the definition's, ours and theirs, found by name and type.
 *
 * @param definition what the jar's definition says about it
 * @param struct the struct that it is or has as elements; null for other kinds
 * @param ourGetter our accessor
 * @param ourSetter our setter
 * @param theirGetter Kafka's accessor
 * @param theirSetter Kafka's setter
 */
record BoundField(
    FieldDefinition definition,
    @Nullable BoundStruct struct,
    Method ourGetter,
    Method ourSetter,
    Method theirGetter,
    Method theirSetter) {

  @Nullable Object ofOurs(Message ours) {
    return Reflection.call(ourGetter, ours);
  }

  void setOurs(Message ours, @Nullable Object value) {
    Reflection.call(ourSetter, ours, value);
  }

  @Nullable Object ofTheirs(Object theirs) {
    return Reflection.call(theirGetter, theirs);
  }

  void setTheirs(Object theirs, @Nullable Object value) {
    Reflection.call(theirSetter, theirs, value);
  }

  /** What Kafka's setter takes. */
  Class<?> theirType() {
    return theirSetter.getParameterTypes()[0];
  }

  BoundStruct requireStruct() {
    if (struct == null) {
      throw new IllegalStateException(definition.name() + " is not a struct");
    }
    return struct;
  }

  String name() {
    return definition.name();
  }

  boolean isIn(int version) {
    return definition.versions().contains(version);
  }

  /** Whether it is one struct, not an array of them. */
  boolean isStruct() {
    return struct != null && !definition.isArray();
  }

  boolean isStructArray() {
    return struct != null && definition.isArray();
  }
}
