package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.wire.Handler;
import io.ottla.testkit.internal.wire.RequestExchange;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Who handles which API. Filled when a cluster is built. Thread: the cluster's loop. */
final class HandlerTable {
  private final Map<ApiKey, Handler<?, ?>> handlers = new EnumMap<>(ApiKey.class);

  /**
   * Adds a handler.
   *
   * @param request a message of the API, to know which it is
   */
  <Q extends RequestMessage<R>, R extends ResponseMessage> HandlerTable add(
      Q request, Handler<Q, R> handler) {
    if (handlers.put(request.apiKey(), handler) != null) {
      throw new IllegalStateException(request.apiKey() + " has two handlers");
    }
    return this;
  }

  /** The APIs that somebody handles. */
  Set<ApiKey> apis() {
    return Collections.unmodifiableSet(handlers.keySet());
  }

  /** Handles a request of one of these APIs. */
  <Q extends RequestMessage<R>, R extends ResponseMessage> void handle(
      RequestExchange<Q, R> exchange) {
    @SuppressWarnings("unchecked") // add() took a request of this API, and there is one class of it
    Handler<Q, R> handler = (Handler<Q, R>) handlers.get(exchange.api());
    if (handler == null) {
      throw new IllegalStateException("nobody handles " + exchange.api());
    }
    handler.handle(exchange);
  }
}
