package io.ottla.internal.cluster;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a request on their way to one broker, as one request.
 *
 * @param <P> the pieces' type
 * @param <A> their answers'
 * @param <R> the response's type
 */
final class Sending<P, A, R extends ResponseMessage> {
  private final PooledLink link;
  private final RequestMessage<R> request;
  private final List<Slot<P, A>> slots;
  private @Nullable R response;

  Sending(PooledLink link, RequestMessage<R> request, List<Slot<P, A>> slots) {
    this.link = link;
    this.request = request;
    this.slots = slots;
  }

  PooledLink link() {
    return link;
  }

  RequestMessage<R> request() {
    return request;
  }

  List<Slot<P, A>> slots() {
    return slots;
  }

  void answered(R newResponse) {
    response = newResponse;
  }

  @Nullable R response() {
    return response;
  }
}
