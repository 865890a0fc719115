package io.ottla.internal.admin;

import io.ottla.RequestPart;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to a request that may have gone to several brokers. */
record Parts<R extends ResponseMessage>(List<RequestPart<R>> all) {
  /** Takes a part that was answered. */
  interface OnAnswer<R> {
    void accept(int brokerId, R answer);
  }

  /** Takes a part that was not. */
  interface OnFailure<R extends ResponseMessage> {
    void accept(RequestMessage<R> part, OttlaException failure);
  }

  /** Goes over the parts. */
  void each(OnAnswer<R> onAnswer, OnFailure<R> onFailure) {
    for (RequestPart<R> part : all) {
      R response = part.response();
      OttlaException failure = part.failure();
      if (response != null) {
        onAnswer.accept(part.brokerId(), response);
      } else if (failure != null) {
        onFailure.accept(part.request(), failure);
      }
    }
  }

  /** Goes over the parts of a request that is not split: there is an answer, or this throws. */
  void eachOrThrow(OnAnswer<R> onAnswer) {
    each(
        onAnswer,
        (part, failure) -> {
          throw failure;
        });
  }

  /** The first failure, if no part was answered. */
  @Nullable OttlaException failureOfAll() {
    return all.stream().anyMatch(RequestPart::isAnswered)
        ? null
        : all.stream().map(RequestPart::failure).findFirst().orElse(null);
  }
}
