package io.ottla.testkit.internal.version;

/**
 * The versions of each API that the brokers of Kafka's releases offer to clients: from a release
 * on, the lowest and the highest.
 *
 * <p>As the last bug fix release of each line has it; in a line's first release they differ in one
 * place, JoinGroup of 4.0.0, which began with 2. Versions that were unstable, and only switched on
 * by {@code unstable.api.versions.enable}, are left out. Up to 3.2 these are brokers that need
 * ZooKeeper, from 3.3 on those with KRaft, which lacked a few APIs at first. APIs between brokers
 * are left out, but for those in {@link io.ottla.protocol.message.ApiKey}. Telemetry is offered
 * only by a broker with a receiver for it, which a fresh one does not have.
 *
 * <p>Releases before 0.10.0 do not tell their versions; theirs are those that they served.
 */
final class ApiTable {
  static final String TEXT =
      """
      PRODUCE 0.8.2:0-0 0.9.0:0-1 0.10.0:0-2 0.11.0:0-3 1.0:0-5 2.0:0-6 2.1:0-7 2.4:0-8 2.8:0-9 3.7:0-10 3.8:0-11 4.0:0-12 4.1:0-13
      FETCH 0.8.2:0-0 0.9.0:0-1 0.10.0:0-2 0.10.1:0-3 0.11.0:0-5 1.0:0-6 1.1:0-7 2.0:0-8 2.1:0-10 2.3:0-11 2.7:0-12 3.1:0-13 3.5:0-15 3.7:0-16 3.9:0-17 4.0:4-17 4.1:4-18
      LIST_OFFSETS 0.8.2:0-0 0.10.1:0-1 0.11.0:0-2 2.0:0-3 2.1:0-4 2.2:0-5 2.8:0-6 3.0:0-7 3.5:0-8 3.9:0-9 4.0:1-10 4.2:1-11
      METADATA 0.8.2:0-0 0.10.0:0-1 0.10.1:0-2 0.11.0:0-4 1.0:0-5 2.0:0-6 2.1:0-7 2.3:0-8 2.4:0-9 2.8:0-11 3.1:0-12 4.0:0-13
      OFFSET_COMMIT 0.8.2:0-1 0.9.0:0-2 0.11.0:0-3 2.0:0-4 2.1:0-6 2.3:0-7 2.4:0-8 3.7:0-9 4.0:2-9 4.2:2-10
      OFFSET_FETCH 0.8.2:0-1 0.11.0:0-3 2.0:0-4 2.1:0-5 2.4:0-6 2.5:0-7 3.0:0-8 3.7:0-9 4.0:1-9 4.2:1-10
      FIND_COORDINATOR 0.8.2:0-0 0.11.0:0-1 2.0:0-2 2.4:0-3 3.0:0-4 3.8:0-5 3.9:0-6
      JOIN_GROUP 0.9.0:0-0 0.10.1:0-1 0.11.0:0-2 2.0:0-3 2.2:0-4 2.3:0-5 2.4:0-6 2.5:0-7 3.2:0-9
      HEARTBEAT 0.9.0:0-0 0.11.0:0-1 2.0:0-2 2.3:0-3 2.4:0-4
      LEAVE_GROUP 0.9.0:0-0 0.11.0:0-1 2.0:0-2 2.4:0-4 3.2:0-5
      SYNC_GROUP 0.9.0:0-0 0.11.0:0-1 2.0:0-2 2.3:0-3 2.4:0-4 2.5:0-5
      DESCRIBE_GROUPS 0.9.0:0-0 0.11.0:0-1 2.0:0-2 2.3:0-3 2.4:0-5 4.0:0-6
      LIST_GROUPS 0.9.0:0-0 0.11.0:0-1 2.0:0-2 2.4:0-3 2.6:0-4 3.8:0-5
      SASL_HANDSHAKE 0.10.0:0-0 1.0:0-1
      API_VERSIONS 0.10.0:0-0 0.11.0:0-1 2.0:0-2 2.4:0-3 3.9:0-4
      CREATE_TOPICS 0.10.1:0-0 0.11.0:0-2 2.0:0-3 2.4:0-5 2.7:0-6 2.8:0-7 4.0:2-7
      DELETE_TOPICS 0.10.1:0-0 0.11.0:0-1 2.0:0-2 2.1:0-3 2.4:0-4 2.7:0-5 2.8:0-6 4.0:1-6
      DELETE_RECORDS 0.11.0:0-0 2.0:0-1 2.6:0-2
      INIT_PRODUCER_ID 0.11.0:0-0 2.0:0-1 2.4:0-2 2.5:0-3 2.7:0-4 3.8:0-5
      OFFSET_FOR_LEADER_EPOCH 0.11.0:0-0 2.0:0-1 2.1:0-2 2.3:0-3 2.8:0-4 4.0:2-4
      ADD_PARTITIONS_TO_TXN 0.11.0:0-0 2.0:0-1 2.7:0-2 2.8:0-3 3.6:0-4 3.8:0-5
      ADD_OFFSETS_TO_TXN 0.11.0:0-0 2.0:0-1 2.7:0-2 2.8:0-3 3.8:0-4
      END_TXN 0.11.0:0-0 2.0:0-1 2.7:0-2 2.8:0-3 3.8:0-4 4.0:0-5
      WRITE_TXN_MARKERS 0.11.0:0-0 2.8:0-1 4.0:1-1 4.2:1-2
      TXN_OFFSET_COMMIT 0.11.0:0-0 2.0:0-1 2.1:0-2 2.5:0-3 3.8:0-4 4.0:0-5
      DESCRIBE_ACLS 0.11.0:0-0 2.0:0-1 2.5:0-2 3.3:0-3 4.0:1-3
      CREATE_ACLS 0.11.0:0-0 2.0:0-1 2.5:0-2 3.3:0-3 4.0:1-3
      DELETE_ACLS 0.11.0:0-0 2.0:0-1 2.5:0-2 3.3:0-3 4.0:1-3
      DESCRIBE_CONFIGS 0.11.0:0-0 1.1:0-1 2.0:0-2 2.6:0-3 2.8:0-4 4.0:1-4
      ALTER_CONFIGS 0.11.0:0-0 2.0:0-1 2.8:0-2
      ALTER_REPLICA_LOG_DIRS 1.0:0-0 2.0:0-1 2.8:0-2 4.0:1-2
      DESCRIBE_LOG_DIRS 1.0:0-0 2.0:0-1 2.6:0-2 3.2:0-3 3.3:0-4 4.0:1-4 4.3:1-5
      SASL_AUTHENTICATE 1.0:0-0 2.2:0-1 2.5:0-2
      CREATE_PARTITIONS 1.0:0-0 2.0:0-1 2.5:0-2 2.7:0-3
      CREATE_DELEGATION_TOKEN 1.1:0-0 2.0:0-1 2.4:0-2 3.3:none 3.6:0-3 4.0:1-3
      RENEW_DELEGATION_TOKEN 1.1:0-0 2.0:0-1 2.5:0-2 3.3:none 3.6:0-2 4.0:1-2
      EXPIRE_DELEGATION_TOKEN 1.1:0-0 2.0:0-1 2.5:0-2 3.3:none 3.6:0-2 4.0:1-2
      DESCRIBE_DELEGATION_TOKEN 1.1:0-0 2.0:0-1 2.5:0-2 3.3:none 3.6:0-3 4.0:1-3
      DELETE_GROUPS 1.1:0-0 2.0:0-1 2.4:0-2
      ELECT_LEADERS 2.2:0-0 2.4:0-2
      INCREMENTAL_ALTER_CONFIGS 2.3:0-0 2.4:0-1
      ALTER_PARTITION_REASSIGNMENTS 2.4:0-0 4.1:0-1
      LIST_PARTITION_REASSIGNMENTS 2.4:0-0
      OFFSET_DELETE 2.4:0-0
      DESCRIBE_CLIENT_QUOTAS 2.6:0-0 2.8:0-1
      ALTER_CLIENT_QUOTAS 2.6:0-0 2.8:0-1
      DESCRIBE_USER_SCRAM_CREDENTIALS 2.7:0-0 3.3:none 3.5:0-0
      ALTER_USER_SCRAM_CREDENTIALS 2.7:0-0 3.3:none 3.5:0-0
      DESCRIBE_QUORUM 3.3:0-1 3.9:0-2
      UPDATE_FEATURES 2.7:0-0 3.3:0-1 4.0:0-2
      DESCRIBE_CLUSTER 2.8:0-0 3.7:0-1 4.0:0-2
      DESCRIBE_PRODUCERS 2.8:0-0
      UNREGISTER_BROKER 3.3:0-0
      DESCRIBE_TRANSACTIONS 3.0:0-0
      LIST_TRANSACTIONS 3.0:0-0 3.8:0-1 4.1:0-2
      CONSUMER_GROUP_HEARTBEAT 3.7:0-0 4.0:0-1
      CONSUMER_GROUP_DESCRIBE 3.8:0-0 4.0:0-1
      GET_TELEMETRY_SUBSCRIPTIONS
      PUSH_TELEMETRY
      LIST_CONFIG_RESOURCES 3.7:0-0 4.1:0-1
      DESCRIBE_TOPIC_PARTITIONS 3.8:0-0
      SHARE_GROUP_HEARTBEAT 4.1:1-1
      SHARE_GROUP_DESCRIBE 4.1:1-1
      SHARE_FETCH 4.1:1-1 4.2:1-2
      SHARE_ACKNOWLEDGE 4.1:1-1 4.2:1-2
      ADD_RAFT_VOTER 3.9:0-0 4.2:0-1
      REMOVE_RAFT_VOTER 3.9:0-0
      INITIALIZE_SHARE_GROUP_STATE 4.1:0-0
      READ_SHARE_GROUP_STATE 4.1:0-0
      WRITE_SHARE_GROUP_STATE 4.1:0-0 4.2:0-1
      DELETE_SHARE_GROUP_STATE 4.1:0-0
      READ_SHARE_GROUP_STATE_SUMMARY 4.1:0-0 4.2:0-1
      STREAMS_GROUP_HEARTBEAT 4.2:0-0
      STREAMS_GROUP_DESCRIBE 4.2:0-0
      DESCRIBE_SHARE_GROUP_OFFSETS 4.1:0-0 4.2:0-1
      ALTER_SHARE_GROUP_OFFSETS 4.1:0-0
      DELETE_SHARE_GROUP_OFFSETS 4.1:0-0
      """
          .stripTrailing();

  private ApiTable() {}
}
