package io.ottla.serde;

/**
 * Turns a key or a value into bytes. {@link Serializers} has the usual ones.
 *
 * <p>Called on the sender's thread, without any lock, by several threads at a time. What it throws
 * ends the send of that record, and of no other. Never called with null: a null key is no key, and
 * a null value is a tombstone.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface Serializer<T> {
  /** Writes the value; what is written before an exception counts for nothing. */
  void serialize(T value, SerializedBytes to);
}
