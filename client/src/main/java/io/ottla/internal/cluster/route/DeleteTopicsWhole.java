package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsResponse;

/** A deletion of topics; written as of old if the caller gave names as of old. */
final class DeleteTopicsWhole extends WholeRequest<DeleteTopicsRequest, DeleteTopicsResponse> {
  private static final int LAST_WITH_PLAIN_NAMES = 5;

  DeleteTopicsWhole() {
    super(
        request -> Target.Controller.INSTANCE,
        response ->
            RequestKinds.common(
                response.responses(), DeleteTopicsResponse.DeletableTopicResult::errorCode));
  }

  @Override
  public int highestVersion(DeleteTopicsRequest part) {
    return part.topicNames().isEmpty() ? part.highestVersion() : LAST_WITH_PLAIN_NAMES;
  }
}
