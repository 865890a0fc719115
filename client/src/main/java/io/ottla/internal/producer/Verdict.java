package io.ottla.internal.producer;

import io.ottla.protocol.message.ErrorCode;

/** What a leader's error code says of a batch that it was sent. */
enum Verdict {
  /** It is in the log. */
  WRITTEN,
  /** It may be in the log; the same again will tell. */
  UNKNOWN,
  /** As {@link #UNKNOWN}, and somebody else may lead by now. */
  UNKNOWN_ELSEWHERE,
  /** It is not; the same again may succeed. */
  AGAIN,
  /** It is not, and somebody else leads. */
  MOVED,
  /** Its sequence number does not follow the last one that the leader knows. */
  OUT_OF_ORDER,
  /** Its producer id, or epoch, is of no use with this leader. */
  STALE_NUMBERS,
  /** It is too large for the topic. */
  TOO_LARGE,
  /** Some of its records are not taken, which the answer may name. */
  BAD_RECORDS,
  /** The principal may not write it. */
  DENIED,
  /** It will never be taken as it is. */
  REFUSED,
  /** Something failed inside the broker, perhaps behind the append. */
  UNEXPLAINED;

  /** Whether the batch may go the same way again. */
  boolean isRetried() {
    return switch (this) {
      case UNKNOWN, UNKNOWN_ELSEWHERE, AGAIN, MOVED -> true;
      default -> false;
    };
  }

  /** Whether it may be written in spite of the error. */
  boolean isUnknown() {
    return this == UNKNOWN || this == UNKNOWN_ELSEWHERE;
  }

  /** Whether who leads is to be asked again. */
  boolean isElsewhere() {
    return this == MOVED || this == UNKNOWN_ELSEWHERE;
  }

  /** What follows from a code. */
  static Verdict of(ErrorCode error) {
    return switch (error) {
      case NONE, DUPLICATE_SEQUENCE_NUMBER -> WRITTEN;

      case REQUEST_TIMED_OUT, NETWORK_EXCEPTION, NOT_ENOUGH_REPLICAS_AFTER_APPEND -> UNKNOWN;

      // Told of a disk that failed before, under, or behind the append.
      case KAFKA_STORAGE_ERROR -> UNKNOWN_ELSEWHERE;

      case CORRUPT_MESSAGE,
          NOT_ENOUGH_REPLICAS,
          THROTTLING_QUOTA_EXCEEDED,
          COORDINATOR_LOAD_IN_PROGRESS,
          COORDINATOR_NOT_AVAILABLE,
          NOT_COORDINATOR,
          CONCURRENT_TRANSACTIONS,
          OFFSET_NOT_AVAILABLE,
          UNSTABLE_OFFSET_COMMIT,
          REBALANCE_IN_PROGRESS,
          SHARE_SESSION_LIMIT_REACHED,
          REASSIGNMENT_IN_PROGRESS,
          OPERATION_NOT_ATTEMPTED ->
          AGAIN;

      case UNKNOWN_TOPIC_OR_PARTITION,
          LEADER_NOT_AVAILABLE,
          NOT_LEADER_OR_FOLLOWER,
          REPLICA_NOT_AVAILABLE,
          BROKER_NOT_AVAILABLE,
          LISTENER_NOT_FOUND,
          FENCED_LEADER_EPOCH,
          UNKNOWN_LEADER_EPOCH,
          UNKNOWN_TOPIC_ID,
          INCONSISTENT_TOPIC_ID,
          NOT_CONTROLLER,
          STALE_CONTROLLER_EPOCH,
          STALE_BROKER_EPOCH,
          UNKNOWN_CONTROLLER_ID,
          NEW_LEADER_ELECTED,
          PREFERRED_LEADER_NOT_AVAILABLE,
          ELIGIBLE_LEADERS_NOT_AVAILABLE,
          ELECTION_NOT_NEEDED,
          NO_REASSIGNMENT_IN_PROGRESS,
          REBOOTSTRAP_REQUIRED ->
          MOVED;

      case OUT_OF_ORDER_SEQUENCE_NUMBER, UNKNOWN_PRODUCER_ID -> OUT_OF_ORDER;

      case INVALID_PRODUCER_EPOCH,
          INVALID_PRODUCER_ID_MAPPING,
          PRODUCER_FENCED,
          TRANSACTION_COORDINATOR_FENCED ->
          STALE_NUMBERS;

      case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE -> TOO_LARGE;

      case INVALID_RECORD, INVALID_TIMESTAMP -> BAD_RECORDS;

      case TOPIC_AUTHORIZATION_FAILED,
          CLUSTER_AUTHORIZATION_FAILED,
          GROUP_AUTHORIZATION_FAILED,
          TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
          DELEGATION_TOKEN_AUTHORIZATION_FAILED ->
          DENIED;

      case UNKNOWN_SERVER_ERROR -> UNEXPLAINED;

      case OFFSET_OUT_OF_RANGE,
          INVALID_FETCH_SIZE,
          OFFSET_METADATA_TOO_LARGE,
          INVALID_TOPIC_EXCEPTION,
          INVALID_REQUIRED_ACKS,
          ILLEGAL_GENERATION,
          INCONSISTENT_GROUP_PROTOCOL,
          INVALID_GROUP_ID,
          UNKNOWN_MEMBER_ID,
          INVALID_SESSION_TIMEOUT,
          INVALID_COMMIT_OFFSET_SIZE,
          UNSUPPORTED_SASL_MECHANISM,
          ILLEGAL_SASL_STATE,
          UNSUPPORTED_VERSION,
          TOPIC_ALREADY_EXISTS,
          INVALID_PARTITIONS,
          INVALID_REPLICATION_FACTOR,
          INVALID_REPLICA_ASSIGNMENT,
          INVALID_CONFIG,
          INVALID_REQUEST,
          UNSUPPORTED_FOR_MESSAGE_FORMAT,
          POLICY_VIOLATION,
          INVALID_TXN_STATE,
          INVALID_TRANSACTION_TIMEOUT,
          SECURITY_DISABLED,
          LOG_DIR_NOT_FOUND,
          SASL_AUTHENTICATION_FAILED,
          DELEGATION_TOKEN_AUTH_DISABLED,
          DELEGATION_TOKEN_NOT_FOUND,
          DELEGATION_TOKEN_OWNER_MISMATCH,
          DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
          DELEGATION_TOKEN_EXPIRED,
          INVALID_PRINCIPAL_TYPE,
          NON_EMPTY_GROUP,
          GROUP_ID_NOT_FOUND,
          FETCH_SESSION_ID_NOT_FOUND,
          INVALID_FETCH_SESSION_EPOCH,
          TOPIC_DELETION_DISABLED,
          UNSUPPORTED_COMPRESSION_TYPE,
          MEMBER_ID_REQUIRED,
          GROUP_MAX_SIZE_REACHED,
          FENCED_INSTANCE_ID,
          GROUP_SUBSCRIBED_TO_TOPIC,
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
          FETCH_SESSION_TOPIC_ID_ERROR,
          INELIGIBLE_REPLICA,
          OFFSET_MOVED_TO_TIERED_STORAGE,
          FENCED_MEMBER_EPOCH,
          UNRELEASED_INSTANCE_ID,
          UNSUPPORTED_ASSIGNOR,
          STALE_MEMBER_EPOCH,
          MISMATCHED_ENDPOINT_TYPE,
          UNSUPPORTED_ENDPOINT_TYPE,
          UNKNOWN_SUBSCRIPTION_ID,
          TELEMETRY_TOO_LARGE,
          INVALID_REGISTRATION,
          TRANSACTION_ABORTABLE,
          INVALID_RECORD_STATE,
          SHARE_SESSION_NOT_FOUND,
          INVALID_SHARE_SESSION_EPOCH,
          FENCED_STATE_EPOCH,
          INVALID_VOTER_KEY,
          DUPLICATE_VOTER,
          VOTER_NOT_FOUND,
          INVALID_REGULAR_EXPRESSION,
          STREAMS_INVALID_TOPOLOGY,
          STREAMS_INVALID_TOPOLOGY_EPOCH,
          STREAMS_TOPOLOGY_FENCED ->
          REFUSED;
    };
  }
}
