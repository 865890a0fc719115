package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.AddPartitionsToTxnRequest;
import io.ottla.protocol.message.AddPartitionsToTxnResponse;

/** Partitions of one transaction; the newer form, for several, is spoken between brokers only. */
final class AddPartitionsToTxnWhole
    extends WholeRequest<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse> {
  private static final int LAST_OF_CLIENTS = 3;

  AddPartitionsToTxnWhole() {
    super(
        request ->
            RequestKinds.transaction(
                request.transactions().isEmpty()
                    ? request.v3AndBelowTransactionalId()
                    : request.transactions().get(0).transactionalId()),
        response ->
            response.errorCode() != 0
                ? response.errorCode()
                : RequestKinds.common(
                    response.resultsByTopicV3AndBelow(),
                    topic ->
                        RequestKinds.common(
                            topic.resultsByPartition(),
                            AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult
                                ::partitionErrorCode)));
  }

  @Override
  public int highestVersion(AddPartitionsToTxnRequest part) {
    return part.transactions().isEmpty() ? LAST_OF_CLIENTS : part.highestVersion();
  }
}
