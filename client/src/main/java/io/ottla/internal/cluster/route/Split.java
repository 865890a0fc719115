package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How requests of one kind are taken apart by who must answer, and how the answers become one.
 *
 * <p>Pure. Always: a request or response that was handed in is not changed, and of what is made
 * only what nobody changes is shared with it: each part has lists of its own.
 *
 * @param <Q> the request's type
 * @param <R> the response's type
 * @param <P> a piece of a request: what has one answer of its own
 * @param <A> the answer to one piece
 */
public abstract class Split<Q extends RequestMessage<R>, R extends ResponseMessage, P, A> {
  /**
   * The pieces, in the request's order.
   *
   * @param brokers the ids of all that are up; given if {@link #isForAllBrokers}
   */
  public abstract List<P> pieces(Q whole, Collection<Integer> brokers);

  /** Who must answer a piece. */
  public abstract Target target(P piece);

  /**
   * A request with these pieces, for one broker.
   *
   * @param pieces at most {@link #mostPieces}
   */
  public abstract Q request(Q whole, List<P> pieces, Terms terms);

  /**
   * What each piece was answered, in their order; null if the response does not mention it.
   *
   * @param part what was answered, made by {@link #request} of these pieces
   */
  public abstract List<@Nullable A> answers(Q part, List<P> pieces, R response);

  /** What an answer says went wrong, {@link ErrorCode#NONE} if nothing. */
  public abstract ErrorCode error(A answer);

  /** An answer that no broker gave. */
  public abstract A refusal(P piece, ErrorCode error, String why);

  /**
   * One response.
   *
   * @param pieces in the request's order
   * @param answers of each
   * @param responses those that the answers came in, at least one
   */
  public abstract R merge(Q whole, List<P> pieces, List<A> answers, List<R> responses);

  /** Whether every broker answers for itself. */
  public boolean isForAllBrokers() {
    return false;
  }

  /** Whether the form of a request depends on what the broker takes. */
  public boolean dependsOnVersion() {
    return false;
  }

  /**
   * How many pieces one request can hold.
   *
   * @param version the version that the broker will be sent; −1 if that is not known
   */
  public int mostPieces(int version) {
    return Integer.MAX_VALUE;
  }

  /**
   * The highest version that can say what is meant, for example because a topic has no id.
   *
   * @param part made by {@link #request}
   */
  public int highestVersion(Q part) {
    return part.highestVersion();
  }
}
