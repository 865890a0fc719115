package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse;
import io.ottla.protocol.message.ListGroupsResponse.ListedGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups that each broker coordinates; one that was moving meanwhile is listed once. */
final class ListGroupsSplit extends AllBrokersSplit<ListGroupsRequest, ListGroupsResponse> {
  @Override
  ErrorCode errorOf(ListGroupsResponse response) {
    return ErrorCode.of(response.errorCode());
  }

  @Override
  public ListGroupsResponse merge(
      ListGroupsRequest whole,
      List<Integer> brokers,
      List<BrokerAnswer<ListGroupsResponse>> answers,
      List<ListGroupsResponse> responses) {
    Map<String, ListedGroup> groups = new LinkedHashMap<>();
    ListGroupsResponse merged = new ListGroupsResponse().errorCode(firstError(answers).code());
    for (ListGroupsResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
      response.groups().forEach(group -> groups.putIfAbsent(group.groupId(), group));
    }
    return merged.groups(new ArrayList<>(groups.values()));
  }
}
