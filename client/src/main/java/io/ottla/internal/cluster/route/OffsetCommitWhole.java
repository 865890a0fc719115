package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitResponse;

/** A commit, which calls topics by name unless the caller gave their ids. */
final class OffsetCommitWhole extends WholeRequest<OffsetCommitRequest, OffsetCommitResponse> {
  private static final int LAST_WITH_NAMES = 9;

  OffsetCommitWhole() {
    super(
        request -> RequestKinds.group(request.groupId()),
        response ->
            RequestKinds.common(
                response.topics(),
                topic ->
                    RequestKinds.common(
                        topic.partitions(),
                        OffsetCommitResponse.OffsetCommitResponsePartition::errorCode)));
  }

  @Override
  public int highestVersion(OffsetCommitRequest part) {
    boolean isNamed = part.topics().stream().anyMatch(topic -> topic.topicId().equals(Terms.NO_ID));
    return isNamed ? LAST_WITH_NAMES : part.highestVersion();
  }
}
