package io.ottla.internal.cluster;

import io.ottla.error.AuthenticationException;
import io.ottla.error.AuthorizationException;
import io.ottla.error.FencedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.cluster.route.Target;
import io.ottla.protocol.message.ErrorCode;

/** From failures of ours to what stands in answers, and from others' failures to ours. */
final class Failures {
  private Failures() {}

  /** As one of ours: what a future failed with, without the wrapping. */
  static OttlaException typed(Throwable failure) {
    Throwable cause = Loops.unwrapped(failure);
    return cause instanceof OttlaException ours
        ? ours
        : new RetriableException(
            "failed for a reason of Ottla's own: " + cause, SendOutcome.UNKNOWN, cause);
  }

  /** The code that is nearest to why a piece was not answered. */
  static ErrorCode nearest(OttlaException failure, Target target) {
    if (failure instanceof AuthenticationException) {
      return ErrorCode.SASL_AUTHENTICATION_FAILED;
    }
    if (failure instanceof AuthorizationException) {
      return target instanceof Target.Leader
          ? ErrorCode.TOPIC_AUTHORIZATION_FAILED
          : target instanceof Target.Coordinator
              ? ErrorCode.GROUP_AUTHORIZATION_FAILED
              : ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
    }
    if (failure instanceof UnsupportedVersionException) {
      return ErrorCode.UNSUPPORTED_VERSION;
    }
    if (failure instanceof FencedException) {
      return ErrorCode.PRODUCER_FENCED;
    }
    if (failure instanceof RefusedException) {
      return target instanceof Target.Leader
          ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
          : target instanceof Target.Given
              ? ErrorCode.BROKER_NOT_AVAILABLE
              : ErrorCode.INVALID_REQUEST;
    }
    if (failure instanceof TimeoutException && failure.outcome() == SendOutcome.NOT_SENT) {
      return target instanceof Target.Leader
          ? ErrorCode.LEADER_NOT_AVAILABLE
          : target instanceof Target.Coordinator
              ? ErrorCode.COORDINATOR_NOT_AVAILABLE
              : ErrorCode.REQUEST_TIMED_OUT;
    }
    return failure instanceof TimeoutException
        ? ErrorCode.REQUEST_TIMED_OUT
        : ErrorCode.NETWORK_EXCEPTION;
  }
}
