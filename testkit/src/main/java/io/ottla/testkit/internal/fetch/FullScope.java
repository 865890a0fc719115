package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import java.util.List;

/**
 * A request that names all that it is about, and is told all.
 *
 * @param beginsSession whether a session shall begin with the answer
 * @param sessions where it would
 */
record FullScope(
    List<AskedPartition> partitions,
    boolean usesTopicIds,
    boolean beginsSession,
    FetchSessions sessions)
    implements FetchScope {
  @Override
  public FetchResponse answer(List<AnsweredPartition> answered) {
    int sessionId =
        beginsSession ? sessions.begin(answered, usesTopicIds) : FetchSession.NO_SESSION;
    return FetchAnswer.of(ErrorCode.NONE, sessionId, answered);
  }

  @Override
  public FetchResponse answerNothing() {
    return FetchAnswer.of(ErrorCode.NONE, FetchSession.NO_SESSION, List.of());
  }
}
