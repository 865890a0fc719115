package io.ottla.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A Kafka that was asked for could not be started, or not be brought to the state that was asked
 * for. The message says what was tried, how long, and ends with the last lines of the node's log if
 * it came so far.
 */
public final class KafkaServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KafkaServerException(String message) {
    super(message);
  }

  KafkaServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
