package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request that is a list of items, each with a key that its answer carries too: groups,
 * transactions, resources.
 *
 * @param <Q> the request's type
 * @param <R> the response's type
 * @param <I> an item of the request
 * @param <A> an answer to one
 */
final class KeyedSplit<Q extends RequestMessage<R>, R extends ResponseMessage, I, A>
    extends Split<Q, R, I, A> {
  /** Makes an answer that no broker gave. */
  interface Refusal<I, A> {
    A of(I item, ErrorCode error, String why);
  }

  /**
   * How the request is read and written.
   *
   * @param items those of a request
   * @param key of an item
   * @param target of an item
   * @param request with these items and all else of the whole
   */
  record Asking<Q, I>(
      Function<Q, List<I>> items,
      Function<I, Object> key,
      Function<I, Target> target,
      BiFunction<Q, List<I>, Q> request) {}

  /**
   * How the response is read and written.
   *
   * @param answers those of a response
   * @param key of an answer
   * @param code of an answer
   * @param refusal made up
   * @param response with these answers, throttled so long
   */
  record Answering<R, I, A>(
      Function<R, List<A>> answers,
      Function<A, Object> key,
      ToIntFunction<A> code,
      Refusal<I, A> refusal,
      BiFunction<List<A>, Integer, R> response,
      ToIntFunction<R> throttleMs) {}

  private final Asking<Q, I> asking;
  private final Answering<R, I, A> answering;

  KeyedSplit(Asking<Q, I> asking, Answering<R, I, A> answering) {
    this.asking = asking;
    this.answering = answering;
  }

  @Override
  public List<I> pieces(Q whole, Collection<Integer> brokers) {
    return List.copyOf(asking.items().apply(whole));
  }

  @Override
  public Target target(I piece) {
    return asking.target().apply(piece);
  }

  @Override
  public Q request(Q whole, List<I> pieces, Terms terms) {
    return asking.request().apply(whole, new ArrayList<>(pieces));
  }

  @Override
  public List<@Nullable A> answers(Q part, List<I> pieces, R response) {
    Map<Object, A> found = new HashMap<>();
    for (A answer : answering.answers().apply(response)) {
      found.put(answering.key().apply(answer), answer);
    }
    List<@Nullable A> answers = new ArrayList<>(pieces.size());
    for (I piece : pieces) {
      answers.add(found.get(asking.key().apply(piece)));
    }
    return answers;
  }

  @Override
  public ErrorCode error(A answer) {
    return ErrorCode.of(answering.code().applyAsInt(answer));
  }

  @Override
  public A refusal(I piece, ErrorCode error, String why) {
    return answering.refusal().of(piece, error, why);
  }

  @Override
  public R merge(Q whole, List<I> pieces, List<A> answers, List<R> responses) {
    int throttleMs = responses.stream().mapToInt(answering.throttleMs()).max().orElse(0);
    return answering.response().apply(new ArrayList<>(answers), throttleMs);
  }
}
