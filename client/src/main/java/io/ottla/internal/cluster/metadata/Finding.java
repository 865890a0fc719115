package io.ottla.internal.cluster.metadata;

import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one answer says of one key. Immutable.
 *
 * @param node who coordinates it; null if the answer does not say
 * @param error why not
 * @param message what the broker adds, if anything
 */
record Finding(@Nullable BrokerNode node, ErrorCode error, @Nullable String message) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * What an answer says, by key. Up to version 3 it is about the first key, and does not name it.
   *
   * @param keys that were asked for
   */
  static Map<String, Finding> in(FindCoordinatorResponse answer, List<String> keys) {
    Map<String, Finding> found = new HashMap<>();
    if (answer.coordinators().isEmpty()) {
      BrokerNode node = new BrokerNode(answer.nodeId(), answer.host(), answer.port(), null);
      found.put(keys.get(0), of(node, answer.errorCode(), answer.errorMessage()));
    }
    for (FindCoordinatorResponse.Coordinator each : answer.coordinators()) {
      BrokerNode node = new BrokerNode(each.nodeId(), each.host(), each.port(), null);
      found.putIfAbsent(each.key(), of(node, each.errorCode(), each.errorMessage()));
    }
    return found;
  }

  private static Finding of(BrokerNode node, short code, @Nullable String message) {
    ErrorCode error = ErrorCode.of(code);
    boolean isUsable =
        node.id() >= 0 && !node.host().isEmpty() && node.port() > 0 && node.port() <= HIGHEST_PORT;
    if (error == ErrorCode.NONE && !isUsable) {
      return new Finding(null, ErrorCode.COORDINATOR_NOT_AVAILABLE, "the answer names no broker");
    }
    return new Finding(error == ErrorCode.NONE ? node : null, error, message);
  }

  /** Why asking again is useless; null if it is not. */
  @Nullable OttlaException refusal(CoordinatorType type, String key) {
    String whose = type.label() + " " + key;
    if (error == ErrorCode.NONE || error == ErrorCode.UNKNOWN_SERVER_ERROR || error.isRetriable()) {
      return null;
    }
    return switch (error) {
      case GROUP_AUTHORIZATION_FAILED, TRANSACTIONAL_ID_AUTHORIZATION_FAILED ->
          new AuthorizationException(
              "not allowed to ask for the coordinator of " + whose + "; ask for DESCRIBE on it");
      default ->
          new RefusedException(
              "no coordinator for " + whose + ": brokers say " + said(), SendOutcome.REFUSED, null);
    };
  }

  /** In words. */
  String said() {
    return message == null || message.isEmpty() ? error.name() : error + " (" + message + ")";
  }
}
