package io.ottla;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import org.jspecify.annotations.Nullable;

/**
 * One part of a request that went to several brokers, and how it ended: exactly one of response and
 * failure is there.
 *
 * @param brokerId who was asked; −1 if nobody who could be asked was found
 * @param request the part
 * @param response the answer
 * @param failure why there is none
 * @param <R> the response's type
 */
public record RequestPart<R extends ResponseMessage>(
    int brokerId,
    RequestMessage<R> request,
    @Nullable R response,
    @Nullable OttlaException failure) {
  /** Whether it was answered. */
  public boolean isAnswered() {
    return response != null;
  }
}
