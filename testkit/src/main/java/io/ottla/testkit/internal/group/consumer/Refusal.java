package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ErrorCode;

/**
 * A request is answered with an error, and nothing has changed. It never leaves this package, and
 * has no stack trace: it is an answer.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode error;

  Refusal(ErrorCode error, String message) {
    super(message, null, false, false);
    this.error = error;
  }

  ErrorCode error() {
    return error;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
