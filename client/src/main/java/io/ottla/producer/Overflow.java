package io.ottla.producer;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a record for which there is no room: when the records that are not yet written
 * fill the producer's memory, or when the cluster has been away for {@code overflow.after}.
 * Immutable.
 */
public final class Overflow {
  /** The kinds of it. */
  public enum Kind {
    /** The sender waits. */
    BLOCK,
    /** The record fails at once. */
    FAIL,
    /** The oldest records that were not sent fail instead. */
    DROP_OLDEST,
    /** The record fails; it is counted as dropped, and that is no trouble of the sender's. */
    DROP_NEWEST,
    /** The record goes elsewhere. */
    DIVERT
  }

  /** How long {@code BLOCK} waits if nobody says: a minute. */
  public static final Duration DEFAULT_WAIT = Duration.ofMinutes(1);

  private final Kind kind;
  private final Duration wait;
  private final @Nullable Consumer<? super DivertedRecord> diversion;

  private Overflow(Kind kind, Duration wait, @Nullable Consumer<? super DivertedRecord> diversion) {
    this.kind = kind;
    this.wait = wait;
    this.diversion = diversion;
  }

  /** The sender waits for room, a minute at most; then the record fails. */
  public static Overflow block() {
    return block(DEFAULT_WAIT);
  }

  /**
   * The sender waits for room; if none comes in time the record fails with a {@code
   * BufferFullException}.
   *
   * @param atMost from 1 ms
   */
  public static Overflow block(Duration atMost) {
    if (atMost.toMillis() < 1) {
      throw new IllegalArgumentException("a wait of " + atMost + " is none: use fail()");
    }
    return new Overflow(Kind.BLOCK, atMost, null);
  }

  /** The record fails at once with a {@code BufferFullException}. */
  public static Overflow fail() {
    return new Overflow(Kind.FAIL, Duration.ZERO, null);
  }

  /** The oldest batch that no broker can have fails, to make room. */
  public static Overflow dropOldest() {
    return new Overflow(Kind.DROP_OLDEST, Duration.ZERO, null);
  }

  /** The record fails, as with {@link #fail}, and is counted as dropped. */
  public static Overflow dropNewest() {
    return new Overflow(Kind.DROP_NEWEST, Duration.ZERO, null);
  }

  /**
   * The record is handed to a function: to log it, or to send it to another topic or by another
   * producer. If the function returns, the record's report says that it was diverted; if it throws,
   * the report carries that. On the sender's thread, without any lock.
   */
  public static Overflow divert(Consumer<? super DivertedRecord> to) {
    return new Overflow(Kind.DIVERT, Duration.ZERO, Objects.requireNonNull(to, "to"));
  }

  /** The kind. */
  public Kind kind() {
    return kind;
  }

  /** How long {@code BLOCK} waits; zero for all others. */
  public Duration longestWait() {
    return wait;
  }

  /** Where {@code DIVERT} diverts to; null for all others. */
  public @Nullable Consumer<? super DivertedRecord> diversion() {
    return diversion;
  }

  @Override
  public String toString() {
    return kind == Kind.BLOCK ? "block for at most " + wait : kind.name();
  }
}
