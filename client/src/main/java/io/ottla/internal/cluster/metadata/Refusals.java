package io.ottla.internal.cluster.metadata;

import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.RefusedException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What brokers say of topics, as exceptions; and which of it will not change by asking again. */
final class Refusals {
  private Refusals() {}

  /** Why a topic is of no use; null if it is of use. */
  static @Nullable OttlaException of(TopicView topic) {
    if (topic.isUsable()) {
      return null;
    }
    String name = topic.name();
    return switch (topic.error()) {
      case TOPIC_AUTHORIZATION_FAILED ->
          new AuthorizationException(
              "not allowed to see topic " + name + "; ask for DESCRIBE on it");
      case INVALID_TOPIC_EXCEPTION ->
          new RefusedException(
              "no topic can be called " + name + ": 1 to 249 of a-z A-Z 0-9 . _ -",
              SendOutcome.NOT_SENT,
              null);
      case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID ->
          new RefusedException(
              "topic " + name + " does not exist; check its name, or create it",
              SendOutcome.NOT_SENT,
              null);
      default ->
          new RetriableException(
              "topic " + name + " cannot be used now: brokers say " + said(topic),
              SendOutcome.NOT_SENT,
              null);
    };
  }

  /** Whether asking again is useless, however long. */
  static boolean isFinal(ErrorCode error) {
    return error == ErrorCode.TOPIC_AUTHORIZATION_FAILED
        || error == ErrorCode.INVALID_TOPIC_EXCEPTION;
  }

  /** Whether it may only mean that the broker has not heard of it yet. */
  static boolean isUnknown(ErrorCode error) {
    return error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || error == ErrorCode.UNKNOWN_TOPIC_ID;
  }

  /** Whether a question that failed like this may be answered a little later. */
  static boolean isWorthRepeating(OttlaException failure) {
    return failure instanceof RetriableException
        || failure instanceof TimeoutException
        || failure instanceof ProtocolViolationException;
  }

  private static String said(TopicView topic) {
    return topic.error() == ErrorCode.NONE ? "it has no partitions" : topic.error().name();
  }
}
