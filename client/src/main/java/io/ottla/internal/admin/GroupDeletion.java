package io.ottla.internal.admin;

import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.ErrorCode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Deletes groups. Thread: any. */
final class GroupDeletion {
  private GroupDeletion() {}

  static CompletableFuture<Outcomes<String, Void>> delete(
      Session session, Collection<String> groups) {
    Map<String, Outcome<Void>> outcomes = new LinkedHashMap<>();
    groups.forEach(group -> outcomes.put(group, Outcome.failed(Refusals.silence(what(group)))));
    if (outcomes.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(Map.of()));
    }
    DeleteGroupsRequest request =
        new DeleteGroupsRequest().groupsNames(List.copyOf(outcomes.keySet()));
    return session
        .askParts(request, session.begin())
        .thenApply(
            parts -> {
              parts.each(
                  (broker, answer) ->
                      answer
                          .results()
                          .forEach(
                              result ->
                                  outcomes.replace(
                                      result.groupId(),
                                      outcome(result.groupId(), broker, result.errorCode()))),
                  (part, failure) -> {
                    OttlaException told = Fitting.needs("groups not deleted", "1.1", failure);
                    ((DeleteGroupsRequest) part)
                        .groupsNames()
                        .forEach(group -> outcomes.replace(group, Outcome.failed(told)));
                  });
              return new Outcomes<>(outcomes);
            });
  }

  private static Outcome<Void> outcome(String group, int broker, short errorCode) {
    ErrorCode code = ErrorCode.of(errorCode);
    return code == ErrorCode.NONE
        ? Outcome.of(null)
        : Outcome.failed(Refusals.of(what(group), broker, code, null));
  }

  private static String what(String group) {
    return "group " + group + " not deleted";
  }
}
