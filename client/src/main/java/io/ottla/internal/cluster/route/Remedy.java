package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;

/** What follows from a broker's error code for the request, or the piece of one, that got it. */
public enum Remedy {
  /** Nothing: it was done. */
  NONE,
  /** Send it to the same broker again, a little later. */
  RETRY,
  /** As {@link #RETRY}, but the broker may have done it all the same. */
  RETRY_IF_REPEATABLE,
  /** Look again who leads the partition. */
  REFRESH_METADATA,
  /** Look again who coordinates. */
  FIND_COORDINATOR,
  /** Look again who the controller is. */
  FIND_CONTROLLER,
  /** The broker has too much to do; send it again after the longest back-off. */
  BACK_OFF,
  /** Somebody newer has taken the sender's place. */
  FENCED,
  /** The principal may not do it. */
  AUTHORIZATION,
  /** Who the client says it is, is not accepted. */
  AUTHENTICATION,
  /** It will never succeed as it is. */
  REFUSED,
  /** Part of a protocol above: membership, sessions, transactions. Whoever leads it knows more. */
  ASKERS,
  /** The broker cannot say what is wrong; nothing that is known would help. */
  FATAL;

  /** Whether it may be tried again. */
  public boolean isRetried() {
    return switch (this) {
      case RETRY,
          RETRY_IF_REPEATABLE,
          REFRESH_METADATA,
          FIND_COORDINATOR,
          FIND_CONTROLLER,
          BACK_OFF ->
          true;
      default -> false;
    };
  }

  /** What follows from a code. */
  public static Remedy of(ErrorCode error) {
    return switch (error) {
      case NONE -> NONE;

      case CORRUPT_MESSAGE,
          NOT_ENOUGH_REPLICAS,
          COORDINATOR_LOAD_IN_PROGRESS,
          CONCURRENT_TRANSACTIONS,
          UNKNOWN_LEADER_EPOCH,
          OFFSET_NOT_AVAILABLE,
          UNSTABLE_OFFSET_COMMIT,
          BROKER_NOT_AVAILABLE ->
          RETRY;

      case REQUEST_TIMED_OUT, NETWORK_EXCEPTION, NOT_ENOUGH_REPLICAS_AFTER_APPEND ->
          RETRY_IF_REPEATABLE;

      case UNKNOWN_TOPIC_OR_PARTITION,
          LEADER_NOT_AVAILABLE,
          NOT_LEADER_OR_FOLLOWER,
          REPLICA_NOT_AVAILABLE,
          KAFKA_STORAGE_ERROR,
          LISTENER_NOT_FOUND,
          FENCED_LEADER_EPOCH,
          UNKNOWN_TOPIC_ID,
          INCONSISTENT_TOPIC_ID,
          REBOOTSTRAP_REQUIRED ->
          REFRESH_METADATA;

      case COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR -> FIND_COORDINATOR;

      case NOT_CONTROLLER, STALE_CONTROLLER_EPOCH, UNKNOWN_CONTROLLER_ID -> FIND_CONTROLLER;

      case THROTTLING_QUOTA_EXCEEDED, SHARE_SESSION_LIMIT_REACHED -> BACK_OFF;

      case INVALID_PRODUCER_EPOCH,
          PRODUCER_FENCED,
          FENCED_INSTANCE_ID,
          FENCED_STATE_EPOCH,
          TRANSACTION_COORDINATOR_FENCED,
          STALE_BROKER_EPOCH ->
          FENCED;

      case TOPIC_AUTHORIZATION_FAILED,
          GROUP_AUTHORIZATION_FAILED,
          CLUSTER_AUTHORIZATION_FAILED,
          TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
          DELEGATION_TOKEN_AUTHORIZATION_FAILED ->
          AUTHORIZATION;

      case UNSUPPORTED_SASL_MECHANISM, ILLEGAL_SASL_STATE, SASL_AUTHENTICATION_FAILED ->
          AUTHENTICATION;

      case ILLEGAL_GENERATION,
          UNKNOWN_MEMBER_ID,
          REBALANCE_IN_PROGRESS,
          MEMBER_ID_REQUIRED,
          FENCED_MEMBER_EPOCH,
          STALE_MEMBER_EPOCH,
          UNRELEASED_INSTANCE_ID,
          FETCH_SESSION_ID_NOT_FOUND,
          INVALID_FETCH_SESSION_EPOCH,
          FETCH_SESSION_TOPIC_ID_ERROR,
          SHARE_SESSION_NOT_FOUND,
          INVALID_SHARE_SESSION_EPOCH,
          OFFSET_OUT_OF_RANGE,
          OFFSET_MOVED_TO_TIERED_STORAGE,
          OUT_OF_ORDER_SEQUENCE_NUMBER,
          DUPLICATE_SEQUENCE_NUMBER,
          UNKNOWN_PRODUCER_ID,
          INVALID_PRODUCER_ID_MAPPING,
          INVALID_TXN_STATE,
          TRANSACTION_ABORTABLE,
          INVALID_RECORD_STATE,
          UNKNOWN_SUBSCRIPTION_ID,
          STREAMS_INVALID_TOPOLOGY_EPOCH,
          STREAMS_TOPOLOGY_FENCED,
          // The state that was asked for is not there yet, or is there already.
          PREFERRED_LEADER_NOT_AVAILABLE,
          ELIGIBLE_LEADERS_NOT_AVAILABLE,
          ELECTION_NOT_NEEDED,
          NO_REASSIGNMENT_IN_PROGRESS,
          REASSIGNMENT_IN_PROGRESS,
          OPERATION_NOT_ATTEMPTED ->
          ASKERS;

      case UNKNOWN_SERVER_ERROR -> FATAL;

      case INVALID_FETCH_SIZE,
          MESSAGE_TOO_LARGE,
          OFFSET_METADATA_TOO_LARGE,
          INVALID_TOPIC_EXCEPTION,
          RECORD_LIST_TOO_LARGE,
          INVALID_REQUIRED_ACKS,
          INCONSISTENT_GROUP_PROTOCOL,
          INVALID_GROUP_ID,
          INVALID_SESSION_TIMEOUT,
          INVALID_COMMIT_OFFSET_SIZE,
          INVALID_TIMESTAMP,
          UNSUPPORTED_VERSION,
          TOPIC_ALREADY_EXISTS,
          INVALID_PARTITIONS,
          INVALID_REPLICATION_FACTOR,
          INVALID_REPLICA_ASSIGNMENT,
          INVALID_CONFIG,
          INVALID_REQUEST,
          UNSUPPORTED_FOR_MESSAGE_FORMAT,
          POLICY_VIOLATION,
          INVALID_TRANSACTION_TIMEOUT,
          SECURITY_DISABLED,
          LOG_DIR_NOT_FOUND,
          DELEGATION_TOKEN_AUTH_DISABLED,
          DELEGATION_TOKEN_NOT_FOUND,
          DELEGATION_TOKEN_OWNER_MISMATCH,
          DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
          DELEGATION_TOKEN_EXPIRED,
          INVALID_PRINCIPAL_TYPE,
          NON_EMPTY_GROUP,
          GROUP_ID_NOT_FOUND,
          TOPIC_DELETION_DISABLED,
          UNSUPPORTED_COMPRESSION_TYPE,
          GROUP_MAX_SIZE_REACHED,
          GROUP_SUBSCRIBED_TO_TOPIC,
          INVALID_RECORD,
          RESOURCE_NOT_FOUND,
          DUPLICATE_RESOURCE,
          UNACCEPTABLE_CREDENTIAL,
          INCONSISTENT_VOTER_SET,
          INVALID_UPDATE_VERSION,
          FEATURE_UPDATE_FAILED,
          PRINCIPAL_DESERIALIZATION_FAILURE,
          SNAPSHOT_NOT_FOUND,
          POSITION_OUT_OF_RANGE,
          DUPLICATE_BROKER_REGISTRATION,
          BROKER_ID_NOT_REGISTERED,
          INCONSISTENT_CLUSTER_ID,
          TRANSACTIONAL_ID_NOT_FOUND,
          INELIGIBLE_REPLICA,
          NEW_LEADER_ELECTED,
          UNSUPPORTED_ASSIGNOR,
          MISMATCHED_ENDPOINT_TYPE,
          UNSUPPORTED_ENDPOINT_TYPE,
          TELEMETRY_TOO_LARGE,
          INVALID_REGISTRATION,
          INVALID_VOTER_KEY,
          DUPLICATE_VOTER,
          VOTER_NOT_FOUND,
          INVALID_REGULAR_EXPRESSION,
          STREAMS_INVALID_TOPOLOGY ->
          REFUSED;
    };
  }
}
