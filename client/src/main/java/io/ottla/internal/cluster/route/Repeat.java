package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.RequestMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that may have been carried out, since no answer came, may be sent again: only
 * if doing it twice is the same as doing it once, and the second answer tells no lie.
 */
final class Repeat {
  private static final int MAGIC_AT = 16;
  private static final int PRODUCER_ID_AT = 43;
  private static final int BATCH_HEADER_BYTES = 61;
  private static final byte SET = 0;
  private static final byte DELETE = 1;

  private Repeat() {}

  static boolean isHarmless(RequestMessage<?> request) {
    if (request instanceof ProduceRequest produce) {
      return isNumbered(produce);
    }
    if (request instanceof IncrementalAlterConfigsRequest alter) {
      return setsOnly(alter);
    }
    if (request instanceof CreateTopicsRequest create) {
      return create.validateOnly();
    }
    if (request instanceof CreatePartitionsRequest create) {
      return create.validateOnly();
    }
    return isHarmless(request.apiKey());
  }

  private static boolean isHarmless(ApiKey key) {
    return switch (key) {
      // They read.
      case FETCH,
          LIST_OFFSETS,
          METADATA,
          OFFSET_FETCH,
          FIND_COORDINATOR,
          DESCRIBE_GROUPS,
          LIST_GROUPS,
          API_VERSIONS,
          OFFSET_FOR_LEADER_EPOCH,
          DESCRIBE_ACLS,
          DESCRIBE_CONFIGS,
          DESCRIBE_LOG_DIRS,
          DESCRIBE_DELEGATION_TOKEN,
          LIST_PARTITION_REASSIGNMENTS,
          DESCRIBE_CLIENT_QUOTAS,
          DESCRIBE_USER_SCRAM_CREDENTIALS,
          DESCRIBE_QUORUM,
          DESCRIBE_CLUSTER,
          DESCRIBE_PRODUCERS,
          DESCRIBE_TRANSACTIONS,
          LIST_TRANSACTIONS,
          CONSUMER_GROUP_DESCRIBE,
          GET_TELEMETRY_SUBSCRIPTIONS,
          LIST_CONFIG_RESOURCES,
          DESCRIBE_TOPIC_PARTITIONS,
          SHARE_GROUP_DESCRIBE,
          STREAMS_GROUP_DESCRIBE,
          DESCRIBE_SHARE_GROUP_OFFSETS,
          READ_SHARE_GROUP_STATE,
          READ_SHARE_GROUP_STATE_SUMMARY ->
          true;

      // They say what is to hold afterwards, not what is to be done.
      case OFFSET_COMMIT,
          TXN_OFFSET_COMMIT,
          OFFSET_DELETE,
          ALTER_SHARE_GROUP_OFFSETS,
          HEARTBEAT,
          SYNC_GROUP,
          DELETE_RECORDS,
          ALTER_CONFIGS,
          ALTER_REPLICA_LOG_DIRS,
          ALTER_CLIENT_QUOTAS,
          CREATE_ACLS,
          RENEW_DELEGATION_TOKEN,
          ADD_PARTITIONS_TO_TXN,
          ADD_OFFSETS_TO_TXN,
          END_TXN,
          // Another id, or epoch, than one that nobody was told of.
          INIT_PRODUCER_ID ->
          true;

      // The second answer would be "exists already", "exists no more", "not needed".
      case CREATE_TOPICS,
          DELETE_TOPICS,
          CREATE_PARTITIONS,
          DELETE_ACLS,
          DELETE_GROUPS,
          DELETE_SHARE_GROUP_OFFSETS,
          ELECT_LEADERS,
          ALTER_PARTITION_REASSIGNMENTS,
          ALTER_USER_SCRAM_CREDENTIALS,
          UPDATE_FEATURES,
          UNREGISTER_BROKER,
          ADD_RAFT_VOTER,
          REMOVE_RAFT_VOTER,
          EXPIRE_DELEGATION_TOKEN,
          LEAVE_GROUP ->
          false;

      // It would be done twice, or be a step that the protocol above did not take.
      case PRODUCE,
          INCREMENTAL_ALTER_CONFIGS,
          CREATE_DELEGATION_TOKEN,
          JOIN_GROUP,
          CONSUMER_GROUP_HEARTBEAT,
          SHARE_GROUP_HEARTBEAT,
          STREAMS_GROUP_HEARTBEAT,
          SHARE_FETCH,
          SHARE_ACKNOWLEDGE,
          PUSH_TELEMETRY,
          SASL_HANDSHAKE,
          SASL_AUTHENTICATE,
          WRITE_TXN_MARKERS,
          INITIALIZE_SHARE_GROUP_STATE,
          WRITE_SHARE_GROUP_STATE,
          DELETE_SHARE_GROUP_STATE ->
          false;
    };
  }

  /** Whether the leader would know each batch again by its producer's number. */
  private static boolean isNumbered(ProduceRequest request) {
    return request.topicData().stream()
        .flatMap(topic -> topic.partitionData().stream())
        .allMatch(partition -> isNumbered(partition.records()));
  }

  private static boolean isNumbered(@Nullable ByteBuffer records) {
    if (records == null || records.remaining() < BATCH_HEADER_BYTES) {
      return false;
    }
    int start = records.position();
    // The sign of the producer id is in its first byte.
    return records.get(start + MAGIC_AT) == 2 && records.get(start + PRODUCER_ID_AT) >= 0;
  }

  private static boolean setsOnly(IncrementalAlterConfigsRequest request) {
    return request.resources().stream()
        .flatMap(resource -> resource.configs().stream())
        .allMatch(config -> config.configOperation() == SET || config.configOperation() == DELETE);
  }
}
