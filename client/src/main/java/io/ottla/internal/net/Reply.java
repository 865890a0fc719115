package io.ottla.internal.net;

import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ResponseMessage;

/**
 * Where the end of a call is told. Exactly one of the two, once, on the connection's loop (or on
 * the caller's thread if the call was refused there): it must neither block nor run code of users.
 *
 * @param <R> the response's type
 */
public interface Reply<R extends ResponseMessage> {
  /** The answer came; or, for a request that has none, it left, and the response is empty. */
  void onResponse(R response);

  /** It failed; the exception says whether the broker can have acted on it. */
  void onFailure(OttlaException failure);
}
