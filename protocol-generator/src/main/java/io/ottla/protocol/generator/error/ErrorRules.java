package io.ottla.protocol.generator.error;

import java.util.Set;

/** What the reference's own classes do not say about error codes. */
final class ErrorRules {
  /** The coordinator is another broker, or none yet. */
  static final Set<String> FINDS_COORDINATOR =
      Set.of("COORDINATOR_NOT_AVAILABLE", "NOT_COORDINATOR");

  /**
   * The connection, the producer id or the membership that got it is over: no repetition and no
   * other request of the same one will succeed.
   */
  static final Set<String> FATAL =
      Set.of(
          // Neither side can change what it speaks or who it is on this connection.
          "UNSUPPORTED_VERSION",
          "UNSUPPORTED_SASL_MECHANISM",
          "ILLEGAL_SASL_STATE",
          "SASL_AUTHENTICATION_FAILED",
          // All that an idempotent or transactional producer does needs these two rights.
          "CLUSTER_AUTHORIZATION_FAILED",
          "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
          // A newer producer has taken the transactional id, or the broker has forgotten ours.
          "PRODUCER_FENCED",
          "INVALID_PRODUCER_EPOCH",
          "INVALID_PRODUCER_ID_MAPPING",
          "INVALID_TXN_STATE",
          // Another process has, or has taken, the static member's place.
          "FENCED_INSTANCE_ID",
          "UNRELEASED_INSTANCE_ID",
          // The group will not have this member, however often it asks.
          "INCONSISTENT_GROUP_PROTOCOL",
          "GROUP_MAX_SIZE_REACHED",
          "UNSUPPORTED_ASSIGNOR");

  private ErrorRules() {}
}
