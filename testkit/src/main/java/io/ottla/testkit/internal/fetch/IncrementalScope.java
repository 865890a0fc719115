package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import java.util.List;

/**
 * A request that is about what its session remembers, and is told what is new.
 *
 * @param nextEpoch the session's epoch if no other request has used it meanwhile
 */
record IncrementalScope(FetchSession session, List<AskedPartition> partitions, int nextEpoch)
    implements FetchScope {
  @Override
  public FetchResponse answer(List<AnsweredPartition> answered) {
    return isCurrent()
        ? FetchAnswer.of(ErrorCode.NONE, session.id(), session.tell(answered))
        : outdated();
  }

  @Override
  public FetchResponse answerNothing() {
    return isCurrent() ? FetchAnswer.of(ErrorCode.NONE, session.id(), List.of()) : outdated();
  }

  private boolean isCurrent() {
    return session.epoch() == nextEpoch;
  }

  private FetchResponse outdated() {
    return FetchAnswer.of(ErrorCode.INVALID_FETCH_SESSION_EPOCH, session.id(), List.of());
  }
}
