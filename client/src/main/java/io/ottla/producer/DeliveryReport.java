package io.ottla.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one record: told exactly once per record, in order per partition.
 *
 * <p>Valid, with everything it hands out, until the callback that it was given to returns: key,
 * value and headers are read from where the batch lies. {@link #copy} makes one to keep.
 *
 * <p>Thread: the one it was given to.
 */
public interface DeliveryReport {
  /** In place of a partition that was never chosen. */
  int NO_PARTITION = -1;

  /** What the sender gave along with the record; null if nothing. */
  @Nullable Object ref();

  /** The record's topic. */
  String topic();

  /** The record's partition; {@link #NO_PARTITION} if none was chosen before it failed. */
  int partition();

  /** The record's offset; {@link Delivery#UNKNOWN_OFFSET} if it failed or nobody knows. */
  long offset();

  /**
   * The record's time in milliseconds since 1970; the broker's if the topic uses that and the
   * record was written.
   */
  long timestampMs();

  /** The key as it was serialized, read-only; null if there is none. */
  @Nullable ByteBuffer key();

  /** The value as it was serialized, read-only; null for a tombstone. */
  @Nullable ByteBuffer value();

  /** The headers, in order. */
  List<Header> headers();

  /** Why the record was not, or perhaps not, written; null if it was. */
  @Nullable OttlaException error();

  /** Whether the record was written (or, with {@link Acks#NONE}, has left). */
  default boolean isDelivered() {
    return error() == null;
  }

  /**
   * Whether a broker can have it although it failed: {@link SendOutcome#UNKNOWN}. Null if it was
   * delivered.
   */
  default @Nullable SendOutcome outcome() {
    OttlaException error = error();
    return error == null ? null : error.outcome();
  }

  /** The same, to keep: with copies of key and value. */
  DeliveryReport copy();
}
