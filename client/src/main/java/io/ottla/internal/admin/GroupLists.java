package io.ottla.internal.admin;

import io.ottla.ClusterBroker;
import io.ottla.admin.GroupFilter;
import io.ottla.admin.GroupList;
import io.ottla.admin.GroupListing;
import io.ottla.admin.GroupState;
import io.ottla.admin.GroupType;
import io.ottla.admin.Outcome;
import io.ottla.error.OttlaException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Gathers the groups of all brokers: each knows those that it coordinates. Thread: any. */
final class GroupLists {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Session session;
  private final GroupFilter filter;
  private final Deadline deadline;

  GroupLists(Session session, GroupFilter filter) {
    this.session = session;
    this.filter = filter;
    this.deadline = session.begin();
  }

  CompletableFuture<GroupList> gather() {
    return session.cluster().brokers().thenCompose(this::ask);
  }

  private CompletableFuture<GroupList> ask(List<ClusterBroker> brokers) {
    Map<Integer, CompletableFuture<Outcome<List<GroupListing>>>> answers = new LinkedHashMap<>();
    for (ClusterBroker broker : brokers) {
      answers.put(
          broker.id(),
          Fitting.needs("groups not listed", since(), ask(broker))
              .handle(
                  (groups, failure) ->
                      failure == null
                          ? Outcome.of(groups)
                          : Outcome.failed(Session.failure(failure))));
    }
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
        .thenApply(all -> list(answers));
  }

  private String since() {
    if (!filter.types().isEmpty()) {
      return "3.8 to choose them by type,";
    }
    return filter.states().isEmpty() ? "0.9" : "2.6 to choose them by state,";
  }

  private CompletableFuture<List<GroupListing>> ask(ClusterBroker broker) {
    ListGroupsRequest request =
        new ListGroupsRequest()
            .statesFilter(filter.states().stream().map(GroupState::label).toList())
            .typesFilter(filter.types().stream().map(GroupType::label).toList());
    return broker.request(request, deadline.left()).thenCompose(answer -> judge(broker, answer));
  }

  private CompletableFuture<List<GroupListing>> judge(
      ClusterBroker broker, ListGroupsResponse answer) {
    ErrorCode code = ErrorCode.of(answer.errorCode());
    if (code == ErrorCode.NONE) {
      return CompletableFuture.completedFuture(listings(broker.id(), answer));
    }
    if (code.isRetriable() && !deadline.isOver()) {
      return session.pause(deadline.left(PAUSE)).thenCompose(over -> ask(broker));
    }
    throw Refusals.of("groups not listed", broker.id(), code, null);
  }

  private static List<GroupListing> listings(int broker, ListGroupsResponse answer) {
    return answer.groups().stream()
        .map(
            group ->
                new GroupListing(
                    group.groupId(),
                    GroupType.of(group.groupType()),
                    GroupState.of(group.groupState()),
                    group.protocolType(),
                    broker))
        .toList();
  }

  private static GroupList list(
      Map<Integer, CompletableFuture<Outcome<List<GroupListing>>>> answers) {
    List<GroupListing> groups = new ArrayList<>();
    Map<Integer, OttlaException> unanswered = new HashMap<>();
    OttlaException first = null;
    for (Map.Entry<Integer, CompletableFuture<Outcome<List<GroupListing>>>> entry :
        answers.entrySet()) {
      Outcome<List<GroupListing>> outcome = entry.getValue().join();
      OttlaException failure = outcome.failure();
      if (failure == null) {
        groups.addAll(outcome.orThrow());
      } else {
        unanswered.put(entry.getKey(), failure);
        first = first == null ? failure : first;
      }
    }
    if (first != null && unanswered.size() == answers.size()) {
      throw first;
    }
    groups.sort(Comparator.comparing(GroupListing::id));
    return new GroupList(groups, unanswered);
  }
}
