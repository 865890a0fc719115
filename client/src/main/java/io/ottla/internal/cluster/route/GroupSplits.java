package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DeleteGroupsResponse;
import io.ottla.protocol.message.DeleteGroupsResponse.DeletableGroupResult;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.DescribeShareGroupOffsetsRequest;
import io.ottla.protocol.message.DescribeShareGroupOffsetsRequest.DescribeShareGroupOffsetsRequestGroup;
import io.ottla.protocol.message.DescribeShareGroupOffsetsResponse;
import io.ottla.protocol.message.DescribeShareGroupOffsetsResponse.DescribeShareGroupOffsetsResponseGroup;
import io.ottla.protocol.message.DescribeTransactionsRequest;
import io.ottla.protocol.message.DescribeTransactionsResponse;
import io.ottla.protocol.message.DescribeTransactionsResponse.TransactionState;
import io.ottla.protocol.message.ShareGroupDescribeRequest;
import io.ottla.protocol.message.ShareGroupDescribeResponse;
import io.ottla.protocol.message.StreamsGroupDescribeRequest;
import io.ottla.protocol.message.StreamsGroupDescribeResponse;

/** Questions about groups and transactions, each to its coordinator. */
final class GroupSplits {
  private GroupSplits() {}

  static Split<?, ?, ?, ?> describeGroups() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<DescribeGroupsRequest, String>(
            DescribeGroupsRequest::groups,
            group -> group,
            RequestKinds::group,
            (whole, groups) ->
                new DescribeGroupsRequest()
                    .includeAuthorizedOperations(whole.includeAuthorizedOperations())
                    .groups(groups)),
        new KeyedSplit.Answering<
            DescribeGroupsResponse, String, DescribeGroupsResponse.DescribedGroup>(
            DescribeGroupsResponse::groups,
            DescribeGroupsResponse.DescribedGroup::groupId,
            DescribeGroupsResponse.DescribedGroup::errorCode,
            (group, error, why) ->
                new DescribeGroupsResponse.DescribedGroup()
                    .groupId(group)
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new DescribeGroupsResponse().groups(answers).throttleTimeMs(throttleMs),
            DescribeGroupsResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> deleteGroups() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<DeleteGroupsRequest, String>(
            DeleteGroupsRequest::groupsNames,
            group -> group,
            RequestKinds::group,
            (whole, groups) -> new DeleteGroupsRequest().groupsNames(groups)),
        new KeyedSplit.Answering<DeleteGroupsResponse, String, DeletableGroupResult>(
            DeleteGroupsResponse::results,
            DeletableGroupResult::groupId,
            DeletableGroupResult::errorCode,
            (group, error, why) ->
                new DeletableGroupResult().groupId(group).errorCode(error.code()),
            (answers, throttleMs) ->
                new DeleteGroupsResponse().results(answers).throttleTimeMs(throttleMs),
            DeleteGroupsResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> consumerGroupDescribe() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<ConsumerGroupDescribeRequest, String>(
            ConsumerGroupDescribeRequest::groupIds,
            group -> group,
            RequestKinds::group,
            (whole, groups) ->
                new ConsumerGroupDescribeRequest()
                    .includeAuthorizedOperations(whole.includeAuthorizedOperations())
                    .groupIds(groups)),
        new KeyedSplit.Answering<
            ConsumerGroupDescribeResponse, String, ConsumerGroupDescribeResponse.DescribedGroup>(
            ConsumerGroupDescribeResponse::groups,
            ConsumerGroupDescribeResponse.DescribedGroup::groupId,
            ConsumerGroupDescribeResponse.DescribedGroup::errorCode,
            (group, error, why) ->
                new ConsumerGroupDescribeResponse.DescribedGroup()
                    .groupId(group)
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new ConsumerGroupDescribeResponse().groups(answers).throttleTimeMs(throttleMs),
            ConsumerGroupDescribeResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> shareGroupDescribe() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<ShareGroupDescribeRequest, String>(
            ShareGroupDescribeRequest::groupIds,
            group -> group,
            RequestKinds::group,
            (whole, groups) ->
                new ShareGroupDescribeRequest()
                    .includeAuthorizedOperations(whole.includeAuthorizedOperations())
                    .groupIds(groups)),
        new KeyedSplit.Answering<
            ShareGroupDescribeResponse, String, ShareGroupDescribeResponse.DescribedGroup>(
            ShareGroupDescribeResponse::groups,
            ShareGroupDescribeResponse.DescribedGroup::groupId,
            ShareGroupDescribeResponse.DescribedGroup::errorCode,
            (group, error, why) ->
                new ShareGroupDescribeResponse.DescribedGroup()
                    .groupId(group)
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new ShareGroupDescribeResponse().groups(answers).throttleTimeMs(throttleMs),
            ShareGroupDescribeResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> streamsGroupDescribe() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<StreamsGroupDescribeRequest, String>(
            StreamsGroupDescribeRequest::groupIds,
            group -> group,
            RequestKinds::group,
            (whole, groups) ->
                new StreamsGroupDescribeRequest()
                    .includeAuthorizedOperations(whole.includeAuthorizedOperations())
                    .groupIds(groups)),
        new KeyedSplit.Answering<
            StreamsGroupDescribeResponse, String, StreamsGroupDescribeResponse.DescribedGroup>(
            StreamsGroupDescribeResponse::groups,
            StreamsGroupDescribeResponse.DescribedGroup::groupId,
            StreamsGroupDescribeResponse.DescribedGroup::errorCode,
            (group, error, why) ->
                new StreamsGroupDescribeResponse.DescribedGroup()
                    .groupId(group)
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new StreamsGroupDescribeResponse().groups(answers).throttleTimeMs(throttleMs),
            StreamsGroupDescribeResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> describeShareGroupOffsets() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<
            DescribeShareGroupOffsetsRequest, DescribeShareGroupOffsetsRequestGroup>(
            DescribeShareGroupOffsetsRequest::groups,
            DescribeShareGroupOffsetsRequestGroup::groupId,
            group -> RequestKinds.group(group.groupId()),
            (whole, groups) -> new DescribeShareGroupOffsetsRequest().groups(groups)),
        new KeyedSplit.Answering<
            DescribeShareGroupOffsetsResponse,
            DescribeShareGroupOffsetsRequestGroup,
            DescribeShareGroupOffsetsResponseGroup>(
            DescribeShareGroupOffsetsResponse::groups,
            DescribeShareGroupOffsetsResponseGroup::groupId,
            DescribeShareGroupOffsetsResponseGroup::errorCode,
            (group, error, why) ->
                new DescribeShareGroupOffsetsResponseGroup()
                    .groupId(group.groupId())
                    .errorCode(error.code())
                    .errorMessage(why),
            (answers, throttleMs) ->
                new DescribeShareGroupOffsetsResponse().groups(answers).throttleTimeMs(throttleMs),
            DescribeShareGroupOffsetsResponse::throttleTimeMs));
  }

  static Split<?, ?, ?, ?> describeTransactions() {
    return new KeyedSplit<>(
        new KeyedSplit.Asking<DescribeTransactionsRequest, String>(
            DescribeTransactionsRequest::transactionalIds,
            id -> id,
            RequestKinds::transaction,
            (whole, ids) -> new DescribeTransactionsRequest().transactionalIds(ids)),
        new KeyedSplit.Answering<DescribeTransactionsResponse, String, TransactionState>(
            DescribeTransactionsResponse::transactionStates,
            TransactionState::transactionalId,
            TransactionState::errorCode,
            (id, error, why) -> new TransactionState().transactionalId(id).errorCode(error.code()),
            (answers, throttleMs) ->
                new DescribeTransactionsResponse()
                    .transactionStates(answers)
                    .throttleTimeMs(throttleMs),
            DescribeTransactionsResponse::throttleTimeMs));
  }
}
