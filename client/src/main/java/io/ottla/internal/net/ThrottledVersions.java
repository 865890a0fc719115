package io.ottla.internal.net;

import io.ottla.protocol.message.ApiKey;

/**
 * From which version of a response on the broker answers before it throttles. In older ones the
 * time it names is over when the answer comes.
 */
final class ThrottledVersions {
  private ThrottledVersions() {}

  /** Whether the time that a response names is still to come. */
  static boolean asksForPause(ApiKey key, int version) {
    return version >= first(key);
  }

  private static int first(ApiKey key) {
    return switch (key) {
      case FETCH -> 8;
      case PRODUCE, METADATA -> 6;
      case OFFSET_COMMIT, OFFSET_FETCH -> 4;
      case LIST_OFFSETS, JOIN_GROUP, CREATE_TOPICS -> 3;
      case API_VERSIONS,
          DELETE_TOPICS,
          DESCRIBE_CONFIGS,
          DESCRIBE_GROUPS,
          FIND_COORDINATOR,
          HEARTBEAT,
          LEAVE_GROUP,
          LIST_GROUPS,
          SYNC_GROUP ->
          2;
      case ADD_OFFSETS_TO_TXN,
          ADD_PARTITIONS_TO_TXN,
          ALTER_CONFIGS,
          ALTER_REPLICA_LOG_DIRS,
          CREATE_ACLS,
          CREATE_DELEGATION_TOKEN,
          CREATE_PARTITIONS,
          DELETE_ACLS,
          DELETE_GROUPS,
          DELETE_RECORDS,
          DESCRIBE_ACLS,
          DESCRIBE_DELEGATION_TOKEN,
          DESCRIBE_LOG_DIRS,
          END_TXN,
          EXPIRE_DELEGATION_TOKEN,
          INIT_PRODUCER_ID,
          OFFSET_FOR_LEADER_EPOCH,
          RENEW_DELEGATION_TOKEN,
          TXN_OFFSET_COMMIT ->
          1;
      default -> 0;
    };
  }
}
