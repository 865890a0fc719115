package io.ottla.protocol.message;

/**
 * A request.
 *
 * @param <R> the response that answers it
 */
public interface RequestMessage<R extends ResponseMessage> extends ApiMessage {
  /** An empty response of the kind that answers this request. */
  R newResponse();
}
