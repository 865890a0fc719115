package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.Probe;
import io.ottla.protocol.generator.Reflect;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reaches into the structs of a message. */
final class Reflected {
  private Reflected() {}

  /** Sets a field of the struct that a field of the message holds. */
  static void set(Probe message, String struct, String field, @Nullable Object value) {
    Object part = Objects.requireNonNull(message.get(struct));
    Reflect.call(part.getClass(), part, field, value);
  }

  static @Nullable Object get(Probe message, String struct, String field) {
    Object part = Objects.requireNonNull(message.get(struct));
    return Reflect.call(part.getClass(), part, field);
  }
}
