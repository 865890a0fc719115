package io.ottla.testkit.internal.wire;

/** May step between a request and what handles it. Runs on the cluster's loop. */
@FunctionalInterface
public interface Interceptor {
  /**
   * A request came.
   *
   * @param exchange the request; its answer can be caught with {@link RequestExchange#onAnswer}
   * @param handle has it handled; not called, the request has no effect
   */
  void onRequest(RequestExchange<?, ?> exchange, Runnable handle);
}
