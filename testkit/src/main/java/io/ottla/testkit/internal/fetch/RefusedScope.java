package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import java.util.List;

/** A request whose session is not what it says: nobody knows what it is about. */
record RefusedScope(ErrorCode error) implements FetchScope {
  @Override
  public List<AskedPartition> partitions() {
    return List.of();
  }

  @Override
  public FetchResponse answer(List<AnsweredPartition> answered) {
    return FetchAnswer.of(error, FetchSession.NO_SESSION, answered);
  }

  @Override
  public FetchResponse answerNothing() {
    return FetchAnswer.of(ErrorCode.NONE, FetchSession.NO_SESSION, List.of());
  }
}
