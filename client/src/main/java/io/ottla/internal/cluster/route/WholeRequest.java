package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request that is its only piece: it is sent as it is, and answered as it was.
 *
 * @param <Q> the request's type
 * @param <R> the response's type
 */
class WholeRequest<Q extends RequestMessage<R>, R extends ResponseMessage>
    extends Split<Q, R, Q, R> {
  private final Function<Q, Target> target;
  private final ToIntFunction<R> code;

  WholeRequest(Function<Q, Target> target, ToIntFunction<R> code) {
    this.target = target;
    this.code = code;
  }

  /** The same request to somebody else than its kind says. */
  static <R extends ResponseMessage> WholeRequest<RequestMessage<R>, R> to(
      Target target, RequestMessage<R> request) {
    Split<RequestMessage<R>, R, Object, Object> usual = usual(request);
    List<Object> pieces = usual.isForAllBrokers() ? List.of(0) : usual.pieces(request, List.of());
    return new WholeRequest<>(
        whole -> target,
        response ->
            RequestKinds.common(
                usual.answers(request, pieces, response),
                answer -> answer == null ? 0 : usual.error(answer).code()));
  }

  @SuppressWarnings("unchecked") // The table has each API's own split.
  private static <R extends ResponseMessage> Split<RequestMessage<R>, R, Object, Object> usual(
      RequestMessage<R> request) {
    return (Split<RequestMessage<R>, R, Object, Object>) RequestKind.of(request.apiKey()).split();
  }

  @Override
  public List<Q> pieces(Q whole, Collection<Integer> brokers) {
    return List.of(whole);
  }

  @Override
  public Target target(Q piece) {
    return target.apply(piece);
  }

  @Override
  public Q request(Q whole, List<Q> pieces, Terms terms) {
    return whole;
  }

  @Override
  public List<@Nullable R> answers(Q part, List<Q> pieces, R response) {
    return Collections.singletonList(response);
  }

  @Override
  public ErrorCode error(R answer) {
    return ErrorCode.of(code.applyAsInt(answer));
  }

  @Override
  public R refusal(Q piece, ErrorCode code, String why) {
    throw new IllegalStateException("a request that is not split fails as a whole");
  }

  @Override
  public R merge(Q whole, List<Q> pieces, List<R> answers, List<R> responses) {
    return answers.get(0);
  }
}
