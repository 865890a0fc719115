package io.ottla.internal.admin;

import io.ottla.admin.GroupDescription;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.error.OttlaException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Describes groups. Each is asked for as one of KIP-848 first; what is none, or lives on a broker
 * that knows none, is asked for as a classic one. Thread: any.
 */
final class GroupDescriptions {
  private static final String GONE = "Dead";

  private final Session session;
  private final Deadline deadline;
  private final Set<String> groups;
  private final Map<String, Outcome<GroupDescription>> outcomes = new LinkedHashMap<>();
  private final List<String> perhapsClassic = new ArrayList<>();

  GroupDescriptions(Session session, Collection<String> groups) {
    this.session = session;
    this.deadline = session.begin();
    this.groups = new LinkedHashSet<>(groups);
    this.groups.forEach(
        group -> outcomes.put(group, Outcome.failed(Refusals.silence(what(group)))));
  }

  CompletableFuture<Outcomes<String, GroupDescription>> run() {
    if (groups.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    ConsumerGroupDescribeRequest request =
        new ConsumerGroupDescribeRequest().groupIds(List.copyOf(groups));
    return session
        .askParts(request, deadline)
        .thenAccept(
            parts ->
                parts.each(
                    this::describedConsumer,
                    (part, why) -> failed(((ConsumerGroupDescribeRequest) part).groupIds(), why)))
        .exceptionally(
            failure -> {
              failed(groups, Session.failure(failure));
              return null;
            })
        .thenCompose(done -> askClassic())
        .thenApply(done -> new Outcomes<>(outcomes));
  }

  private void failed(Collection<String> some, OttlaException failure) {
    if (Fitting.isMisfit(failure)) {
      perhapsClassic.addAll(some);
    } else {
      some.forEach(group -> outcomes.replace(group, Outcome.failed(failure)));
    }
  }

  private void describedConsumer(int broker, ConsumerGroupDescribeResponse answer) {
    for (ConsumerGroupDescribeResponse.DescribedGroup group : answer.groups()) {
      ErrorCode code = ErrorCode.of(group.errorCode());
      switch (code) {
        case NONE ->
            outcomes.replace(group.groupId(), Outcome.of(GroupMembers.consumer(broker, group)));
        case GROUP_ID_NOT_FOUND, UNSUPPORTED_VERSION -> perhapsClassic.add(group.groupId());
        default ->
            outcomes.replace(
                group.groupId(),
                Outcome.failed(
                    Refusals.of(what(group.groupId()), broker, code, group.errorMessage())));
      }
    }
  }

  private CompletableFuture<Void> askClassic() {
    if (perhapsClassic.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return session
        .askParts(new DescribeGroupsRequest().groups(List.copyOf(perhapsClassic)), deadline)
        .thenAccept(
            parts ->
                parts.each(
                    this::describedClassic,
                    (part, why) -> {
                      OttlaException told = Fitting.needs("groups not described", "0.9", why);
                      ((DescribeGroupsRequest) part)
                          .groups()
                          .forEach(group -> outcomes.replace(group, Outcome.failed(told)));
                    }));
  }

  private void describedClassic(int broker, DescribeGroupsResponse answer) {
    for (DescribeGroupsResponse.DescribedGroup group : answer.groups()) {
      ErrorCode code = ErrorCode.of(group.errorCode());
      if (code == ErrorCode.NONE && group.groupState().equals(GONE)) {
        code = ErrorCode.GROUP_ID_NOT_FOUND; // how brokers before 3.8 say it
      }
      outcomes.replace(
          group.groupId(),
          code == ErrorCode.NONE
              ? Outcome.of(GroupMembers.classic(broker, group))
              : Outcome.failed(
                  Refusals.of(what(group.groupId()), broker, code, group.errorMessage())));
    }
  }

  private static String what(String group) {
    return "group " + group + " not described";
  }
}
