package io.ottla.internal.cluster.route;

import io.ottla.internal.cluster.metadata.CoordinatorType;
import io.ottla.protocol.message.AddOffsetsToTxnRequest;
import io.ottla.protocol.message.AddOffsetsToTxnResponse;
import io.ottla.protocol.message.AddRaftVoterResponse;
import io.ottla.protocol.message.AlterClientQuotasResponse;
import io.ottla.protocol.message.AlterPartitionReassignmentsResponse;
import io.ottla.protocol.message.AlterShareGroupOffsetsRequest;
import io.ottla.protocol.message.AlterShareGroupOffsetsResponse;
import io.ottla.protocol.message.AlterUserScramCredentialsResponse;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.CreateAclsResponse;
import io.ottla.protocol.message.CreateDelegationTokenResponse;
import io.ottla.protocol.message.CreatePartitionsResponse;
import io.ottla.protocol.message.CreateTopicsResponse;
import io.ottla.protocol.message.DeleteAclsResponse;
import io.ottla.protocol.message.DeleteShareGroupOffsetsRequest;
import io.ottla.protocol.message.DeleteShareGroupOffsetsResponse;
import io.ottla.protocol.message.DeleteShareGroupStateResponse;
import io.ottla.protocol.message.DescribeAclsResponse;
import io.ottla.protocol.message.DescribeClientQuotasResponse;
import io.ottla.protocol.message.DescribeClusterResponse;
import io.ottla.protocol.message.DescribeDelegationTokenResponse;
import io.ottla.protocol.message.DescribeQuorumResponse;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse;
import io.ottla.protocol.message.DescribeUserScramCredentialsResponse;
import io.ottla.protocol.message.ElectLeadersResponse;
import io.ottla.protocol.message.EndTxnRequest;
import io.ottla.protocol.message.EndTxnResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ExpireDelegationTokenResponse;
import io.ottla.protocol.message.GetTelemetrySubscriptionsResponse;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.InitializeShareGroupStateResponse;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.ListConfigResourcesResponse;
import io.ottla.protocol.message.ListPartitionReassignmentsResponse;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetDeleteResponse;
import io.ottla.protocol.message.PushTelemetryResponse;
import io.ottla.protocol.message.ReadShareGroupStateResponse;
import io.ottla.protocol.message.ReadShareGroupStateSummaryResponse;
import io.ottla.protocol.message.RemoveRaftVoterResponse;
import io.ottla.protocol.message.RenewDelegationTokenResponse;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.protocol.message.ShareAcknowledgeResponse;
import io.ottla.protocol.message.ShareFetchResponse;
import io.ottla.protocol.message.ShareGroupHeartbeatRequest;
import io.ottla.protocol.message.ShareGroupHeartbeatResponse;
import io.ottla.protocol.message.StreamsGroupHeartbeatRequest;
import io.ottla.protocol.message.StreamsGroupHeartbeatResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.protocol.message.TxnOffsetCommitRequest;
import io.ottla.protocol.message.TxnOffsetCommitResponse;
import io.ottla.protocol.message.UnregisterBrokerResponse;
import io.ottla.protocol.message.UpdateFeaturesResponse;
import io.ottla.protocol.message.WriteShareGroupStateResponse;
import io.ottla.protocol.message.WriteTxnMarkersResponse;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The table: for each API, who answers it, what its answer says, and over which connection. */
final class RequestKinds {
  private static final String BETWEEN_BROKERS =
      "brokers send it to each other; name the one that is meant with Route.broker(id)";
  private static final String OF_A_SESSION =
      "it belongs to a session with one broker; name it with Route.broker(id)";
  private static final String OF_A_CONNECTION =
      "it belongs to the opening of a connection, which Ottla does itself";

  private RequestKinds() {}

  static RequestKind of(ApiKey key) {
    return switch (key) {
      // Split by leader.
      case PRODUCE -> new RequestKind(new ProduceSplit(), Use.PRODUCE, null);
      case FETCH -> new RequestKind(new FetchSplit(), Use.FETCH, null);
      case LIST_OFFSETS -> other(new ListOffsetsSplit());
      case OFFSET_FOR_LEADER_EPOCH -> other(new OffsetForLeaderEpochSplit());
      case DELETE_RECORDS -> other(new DeleteRecordsSplit());
      case DESCRIBE_PRODUCERS -> other(new DescribeProducersSplit());

      // Split by coordinator.
      case DESCRIBE_GROUPS -> other(GroupSplits.describeGroups());
      case DELETE_GROUPS -> other(GroupSplits.deleteGroups());
      case CONSUMER_GROUP_DESCRIBE -> other(GroupSplits.consumerGroupDescribe());
      case SHARE_GROUP_DESCRIBE -> other(GroupSplits.shareGroupDescribe());
      case STREAMS_GROUP_DESCRIBE -> other(GroupSplits.streamsGroupDescribe());
      case DESCRIBE_SHARE_GROUP_OFFSETS -> other(GroupSplits.describeShareGroupOffsets());
      case OFFSET_FETCH -> other(new OffsetFetchSplit());
      case DESCRIBE_TRANSACTIONS -> other(GroupSplits.describeTransactions());

      // Split by broker, or asked of all.
      case DESCRIBE_CONFIGS -> other(ConfigSplits.describe());
      case ALTER_CONFIGS -> other(ConfigSplits.alter());
      case INCREMENTAL_ALTER_CONFIGS -> other(ConfigSplits.alterIncrementally());
      case LIST_GROUPS -> other(new ListGroupsSplit());
      case LIST_TRANSACTIONS -> other(new ListTransactionsSplit());
      case DESCRIBE_LOG_DIRS -> other(new DescribeLogDirsSplit());
      case ALTER_REPLICA_LOG_DIRS -> other(new AlterReplicaLogDirsSplit());

      // Whole, to the coordinator of a group.
      case OFFSET_COMMIT -> group(new OffsetCommitWhole());
      case JOIN_GROUP ->
          group((JoinGroupRequest q) -> q.groupId(), (JoinGroupResponse r) -> r.errorCode());
      case SYNC_GROUP ->
          group((SyncGroupRequest q) -> q.groupId(), (SyncGroupResponse r) -> r.errorCode());
      case HEARTBEAT ->
          group((HeartbeatRequest q) -> q.groupId(), (HeartbeatResponse r) -> r.errorCode());
      case LEAVE_GROUP ->
          group((LeaveGroupRequest q) -> q.groupId(), (LeaveGroupResponse r) -> r.errorCode());
      case CONSUMER_GROUP_HEARTBEAT ->
          group(
              (ConsumerGroupHeartbeatRequest q) -> q.groupId(),
              (ConsumerGroupHeartbeatResponse r) -> r.errorCode());
      case SHARE_GROUP_HEARTBEAT ->
          group(
              (ShareGroupHeartbeatRequest q) -> q.groupId(),
              (ShareGroupHeartbeatResponse r) -> r.errorCode());
      case STREAMS_GROUP_HEARTBEAT ->
          group(
              (StreamsGroupHeartbeatRequest q) -> q.groupId(),
              (StreamsGroupHeartbeatResponse r) -> r.errorCode());
      case TXN_OFFSET_COMMIT ->
          group(
              (TxnOffsetCommitRequest q) -> q.groupId(),
              (TxnOffsetCommitResponse r) ->
                  common(
                      r.topics(),
                      topic ->
                          common(
                              topic.partitions(),
                              TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition
                                  ::errorCode)));
      case OFFSET_DELETE ->
          group((OffsetDeleteRequest q) -> q.groupId(), (OffsetDeleteResponse r) -> r.errorCode());
      case ALTER_SHARE_GROUP_OFFSETS ->
          group(
              (AlterShareGroupOffsetsRequest q) -> q.groupId(),
              (AlterShareGroupOffsetsResponse r) -> r.errorCode());
      case DELETE_SHARE_GROUP_OFFSETS ->
          group(
              (DeleteShareGroupOffsetsRequest q) -> q.groupId(),
              (DeleteShareGroupOffsetsResponse r) -> r.errorCode());

      // Whole, to the coordinator of a transaction.
      case INIT_PRODUCER_ID ->
          whole(
              (InitProducerIdRequest q) -> transactionOrAny(q.transactionalId()),
              (InitProducerIdResponse r) -> r.errorCode());
      case ADD_PARTITIONS_TO_TXN -> other(new AddPartitionsToTxnWhole());
      case ADD_OFFSETS_TO_TXN ->
          whole(
              (AddOffsetsToTxnRequest q) -> transaction(q.transactionalId()),
              (AddOffsetsToTxnResponse r) -> r.errorCode());
      case END_TXN ->
          whole(
              (EndTxnRequest q) -> transaction(q.transactionalId()),
              (EndTxnResponse r) -> r.errorCode());

      // Whole, to the controller.
      case CREATE_TOPICS ->
          controller(
              (CreateTopicsResponse r) ->
                  common(r.topics(), CreateTopicsResponse.CreatableTopicResult::errorCode));
      case DELETE_TOPICS -> other(new DeleteTopicsWhole());
      case CREATE_PARTITIONS ->
          controller(
              (CreatePartitionsResponse r) ->
                  common(
                      r.results(),
                      CreatePartitionsResponse.CreatePartitionsTopicResult::errorCode));
      case ELECT_LEADERS -> controller((ElectLeadersResponse r) -> r.errorCode());
      case ALTER_PARTITION_REASSIGNMENTS ->
          controller((AlterPartitionReassignmentsResponse r) -> r.errorCode());
      case LIST_PARTITION_REASSIGNMENTS ->
          controller((ListPartitionReassignmentsResponse r) -> r.errorCode());
      case ALTER_CLIENT_QUOTAS ->
          controller(
              (AlterClientQuotasResponse r) ->
                  common(r.entries(), AlterClientQuotasResponse.EntryData::errorCode));
      case ALTER_USER_SCRAM_CREDENTIALS ->
          controller(
              (AlterUserScramCredentialsResponse r) ->
                  common(
                      r.results(),
                      AlterUserScramCredentialsResponse.AlterUserScramCredentialsResult
                          ::errorCode));
      case UPDATE_FEATURES -> controller((UpdateFeaturesResponse r) -> r.errorCode());
      case CREATE_ACLS ->
          controller(
              (CreateAclsResponse r) ->
                  common(r.results(), CreateAclsResponse.AclCreationResult::errorCode));
      case DELETE_ACLS ->
          controller(
              (DeleteAclsResponse r) ->
                  common(r.filterResults(), DeleteAclsResponse.DeleteAclsFilterResult::errorCode));

      // Any broker knows it, or passes it on.
      case METADATA -> any((MetadataResponse r) -> 0);
      case FIND_COORDINATOR -> other(new FindCoordinatorSplit());
      case DESCRIBE_ACLS -> any((DescribeAclsResponse r) -> r.errorCode());
      case CREATE_DELEGATION_TOKEN -> any((CreateDelegationTokenResponse r) -> r.errorCode());
      case RENEW_DELEGATION_TOKEN -> any((RenewDelegationTokenResponse r) -> r.errorCode());
      case EXPIRE_DELEGATION_TOKEN -> any((ExpireDelegationTokenResponse r) -> r.errorCode());
      case DESCRIBE_DELEGATION_TOKEN -> any((DescribeDelegationTokenResponse r) -> r.errorCode());
      case DESCRIBE_CLIENT_QUOTAS -> any((DescribeClientQuotasResponse r) -> r.errorCode());
      case DESCRIBE_USER_SCRAM_CREDENTIALS ->
          any((DescribeUserScramCredentialsResponse r) -> r.errorCode());
      case DESCRIBE_QUORUM -> any((DescribeQuorumResponse r) -> r.errorCode());
      case DESCRIBE_CLUSTER -> any((DescribeClusterResponse r) -> r.errorCode());
      case UNREGISTER_BROKER -> any((UnregisterBrokerResponse r) -> r.errorCode());
      case LIST_CONFIG_RESOURCES -> any((ListConfigResourcesResponse r) -> r.errorCode());
      case DESCRIBE_TOPIC_PARTITIONS -> any((DescribeTopicPartitionsResponse r) -> 0);
      case ADD_RAFT_VOTER -> any((AddRaftVoterResponse r) -> r.errorCode());
      case REMOVE_RAFT_VOTER -> any((RemoveRaftVoterResponse r) -> r.errorCode());
      case GET_TELEMETRY_SUBSCRIPTIONS ->
          any((GetTelemetrySubscriptionsResponse r) -> r.errorCode());

      // Nobody can say who, unless the caller does.
      case PUSH_TELEMETRY -> given((PushTelemetryResponse r) -> r.errorCode(), OF_A_SESSION);
      case SHARE_FETCH ->
          new RequestKind(
              givenSplit((ShareFetchResponse r) -> r.errorCode()), Use.FETCH, OF_A_SESSION);
      case SHARE_ACKNOWLEDGE ->
          new RequestKind(
              givenSplit((ShareAcknowledgeResponse r) -> r.errorCode()), Use.FETCH, OF_A_SESSION);
      case WRITE_TXN_MARKERS -> given((WriteTxnMarkersResponse r) -> 0, BETWEEN_BROKERS);
      case INITIALIZE_SHARE_GROUP_STATE ->
          given((InitializeShareGroupStateResponse r) -> 0, BETWEEN_BROKERS);
      case READ_SHARE_GROUP_STATE -> given((ReadShareGroupStateResponse r) -> 0, BETWEEN_BROKERS);
      case WRITE_SHARE_GROUP_STATE -> given((WriteShareGroupStateResponse r) -> 0, BETWEEN_BROKERS);
      case DELETE_SHARE_GROUP_STATE ->
          given((DeleteShareGroupStateResponse r) -> 0, BETWEEN_BROKERS);
      case READ_SHARE_GROUP_STATE_SUMMARY ->
          given((ReadShareGroupStateSummaryResponse r) -> 0, BETWEEN_BROKERS);
      case API_VERSIONS ->
          given(
              (ApiVersionsResponse r) -> r.errorCode(),
              "each broker has its own; name one with Route.broker(id)");
      case SASL_HANDSHAKE -> given((SaslHandshakeResponse r) -> r.errorCode(), OF_A_CONNECTION);
      case SASL_AUTHENTICATE ->
          given((SaslAuthenticateResponse r) -> r.errorCode(), OF_A_CONNECTION);
    };
  }

  /**
   * What went wrong with all of the items of an answer: a code that can be cured, if there is one
   * and no item was done.
   */
  static <T> int common(List<T> items, ToIntFunction<T> errorCode) {
    int cause = ErrorCode.NONE.code();
    for (T item : items) {
      int code = errorCode.applyAsInt(item);
      if (code == ErrorCode.NONE.code()) {
        return code;
      }
      if (Remedy.of(ErrorCode.of(code)).isRetried()) {
        cause = code;
      }
    }
    return cause;
  }

  static Target transaction(String id) {
    return new Target.Coordinator(CoordinatorType.TRANSACTION, id);
  }

  static Target group(String id) {
    return new Target.Coordinator(CoordinatorType.GROUP, id);
  }

  private static Target transactionOrAny(@Nullable String id) {
    return id == null ? Target.Anybody.INSTANCE : transaction(id);
  }

  private static RequestKind other(Split<?, ?, ?, ?> split) {
    return new RequestKind(split, Use.OTHER, null);
  }

  private static RequestKind group(Split<?, ?, ?, ?> split) {
    return new RequestKind(split, Use.GROUP, null);
  }

  private static <Q extends RequestMessage<R>, R extends ResponseMessage> RequestKind group(
      Function<Q, String> groupId, ToIntFunction<R> code) {
    return group(new WholeRequest<Q, R>(q -> group(groupId.apply(q)), code));
  }

  private static <Q extends RequestMessage<R>, R extends ResponseMessage> RequestKind whole(
      Function<Q, Target> target, ToIntFunction<R> code) {
    return other(new WholeRequest<>(target, code));
  }

  private static <R extends ResponseMessage> RequestKind controller(ToIntFunction<R> code) {
    return other(new WholeRequest<RequestMessage<R>, R>(q -> Target.Controller.INSTANCE, code));
  }

  private static <R extends ResponseMessage> RequestKind any(ToIntFunction<R> code) {
    return other(new WholeRequest<RequestMessage<R>, R>(q -> Target.Anybody.INSTANCE, code));
  }

  private static <R extends ResponseMessage> RequestKind given(ToIntFunction<R> code, String why) {
    return new RequestKind(givenSplit(code), Use.OTHER, why);
  }

  private static <R extends ResponseMessage> Split<?, ?, ?, ?> givenSplit(ToIntFunction<R> code) {
    return new WholeRequest<RequestMessage<R>, R>(q -> Target.Anybody.INSTANCE, code);
  }
}
