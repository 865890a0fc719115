package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that each broker answers for what is its own. Where one could not be asked, the merged
 * answer holds what the others said, and its error.
 *
 * @param <Q> the request's type
 * @param <R> the response's type
 */
abstract class AllBrokersSplit<Q extends RequestMessage<R>, R extends ResponseMessage>
    extends Split<Q, R, Integer, BrokerAnswer<R>> {
  /** What the response says of the whole. */
  abstract ErrorCode errorOf(R response);

  @Override
  public boolean isForAllBrokers() {
    return true;
  }

  @Override
  public List<Integer> pieces(Q whole, Collection<Integer> brokers) {
    return List.copyOf(brokers);
  }

  @Override
  public Target target(Integer broker) {
    return new Target.Given(broker);
  }

  @Override
  public Q request(Q whole, List<Integer> pieces, Terms terms) {
    return whole;
  }

  @Override
  public int mostPieces(int version) {
    return 1;
  }

  @Override
  public List<@Nullable BrokerAnswer<R>> answers(Q part, List<Integer> pieces, R response) {
    return Collections.singletonList(new BrokerAnswer<>(response, errorOf(response)));
  }

  @Override
  public ErrorCode error(BrokerAnswer<R> answer) {
    return answer.error();
  }

  @Override
  public BrokerAnswer<R> refusal(Integer broker, ErrorCode error, String why) {
    return new BrokerAnswer<>(null, error);
  }

  /** The first error of any broker. */
  ErrorCode firstError(List<BrokerAnswer<R>> answers) {
    return answers.stream()
        .map(BrokerAnswer::error)
        .filter(error -> error != ErrorCode.NONE)
        .findFirst()
        .orElse(ErrorCode.NONE);
  }
}
