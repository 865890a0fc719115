package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that came to a fake cluster.
 *
 * @param number which it was, from 1, over all brokers
 * @param time when it came, by the cluster's clock
 * @param brokerId to whom
 * @param connectionId over which connection; no two of a cluster have the same
 * @param clientId from whom, as its header says; empty if it does not
 * @param api which API
 * @param version in which version
 * @param correlationId the number that its reply carries
 * @param body what it says; not to be changed
 * @param answer what was sent back, if that has happened; not to be changed
 */
public record SeenRequest(
    long number,
    Instant time,
    int brokerId,
    long connectionId,
    String clientId,
    ApiKey api,
    int version,
    int correlationId,
    RequestMessage<?> body,
    Optional<ResponseMessage> answer) {

  /**
   * The request, by its type.
   *
   * @param type the class of this API's requests
   * @param <Q> the request
   * @return the body
   * @throws ClassCastException if it is a request of another API
   */
  public <Q extends RequestMessage<?>> Q body(Class<Q> type) {
    return type.cast(body);
  }

  /**
   * What was sent back, by its type.
   *
   * @param type the class of this API's responses
   * @param <R> the response
   * @return the answer
   * @throws IllegalStateException if there is none, or none yet
   */
  public <R extends ResponseMessage> R answer(Class<R> type) {
    return type.cast(
        answer.orElseThrow(
            () -> new IllegalStateException("%s %d is not answered".formatted(api, number))));
  }

  SeenRequest answered(@Nullable ResponseMessage response) {
    return new SeenRequest(
        number,
        time,
        brokerId,
        connectionId,
        clientId,
        api,
        version,
        correlationId,
        body,
        Optional.ofNullable(response));
  }

  @Override
  public String toString() {
    return "#%d %s v%d of %s to broker %d".formatted(number, api, version, clientId, brokerId);
  }
}
