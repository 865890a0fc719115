package io.ottla.testkit.internal.wire;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;

/**
 * What a broker does with the requests of one API. Runs on the cluster's loop and never blocks;
 * answers at once or later.
 *
 * @param <Q> the request
 * @param <R> what answers it
 */
@FunctionalInterface
public interface Handler<Q extends RequestMessage<R>, R extends ResponseMessage> {
  /** Handles one request; it must be answered in the end. */
  void handle(Exchange<Q, R> exchange);
}
