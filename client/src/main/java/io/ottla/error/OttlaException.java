package io.ottla.error;

import io.ottla.protocol.message.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Ottla reports as failed; its branches differ by what the caller can
 * do.
 *
 * <p>Messages say what was tried, where, for how long, what came last, and what to do.
 */
public abstract sealed class OttlaException extends RuntimeException
    permits AuthenticationException,
        AuthorizationException,
        BufferFullException,
        ClosedException,
        ConfigException,
        FencedException,
        ProtocolViolationException,
        RefusedException,
        RetriableException,
        TimeoutException {
  private static final long serialVersionUID = 1L;

  private final SendOutcome outcome;

  /** Null if no broker answered with one. */
  private final @Nullable ErrorCode errorCode;

  /** An exception that ends a future: without a stack trace. */
  OttlaException(String message, SendOutcome outcome, @Nullable Throwable cause) {
    this(message, outcome, cause, false);
  }

  /** A broker's no. */
  OttlaException(String message, ErrorCode errorCode) {
    super(message, null, true, false);
    this.outcome = SendOutcome.REFUSED;
    this.errorCode = errorCode;
  }

  OttlaException(
      String message, SendOutcome outcome, @Nullable Throwable cause, boolean withStackTrace) {
    super(message, cause, true, withStackTrace);
    this.outcome = outcome;
    this.errorCode = null;
  }

  /** Whether the broker can have acted on what failed. */
  public final SendOutcome outcome() {
    return outcome;
  }

  /** What the broker answered, where it is the broker's answer that is reported. */
  public final Optional<ErrorCode> errorCode() {
    return Optional.ofNullable(errorCode);
  }
}
