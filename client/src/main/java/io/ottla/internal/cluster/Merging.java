package io.ottla.internal.cluster;

import io.ottla.RequestPart;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.route.Split;
import io.ottla.internal.cluster.route.Terms;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the answers to the pieces of a request together. Pure; shares nothing that anybody changes
 * with the requests and responses that it is given.
 *
 * @param <R> the response's type
 * @param <P> a piece
 * @param <A> its answer
 */
final class Merging<R extends ResponseMessage, P, A> {
  private static final Terms AS_ASKED = Topics.terms(Integer.MAX_VALUE);

  private final RequestMessage<R> whole;
  private final Split<RequestMessage<R>, R, P, A> split;
  private final List<Slot<P, A>> slots;

  private Merging(
      RequestMessage<R> whole, Split<RequestMessage<R>, R, P, A> split, List<Slot<P, A>> slots) {
    this.whole = whole;
    this.split = split;
    this.slots = slots;
  }

  /** What has become of a request all of whose pieces are settled. */
  static <R extends ResponseMessage, P, A> Outcome<R> of(
      RequestMessage<R> whole, Split<RequestMessage<R>, R, P, A> split, List<Slot<P, A>> slots) {
    return new Merging<>(whole, split, slots).outcome();
  }

  private Outcome<R> outcome() {
    boolean isAnswered = slots.stream().anyMatch(slot -> slot.answer() != null);
    return isAnswered
        ? new Outcome<>(merged(whole, slots), null, parts())
        : new Outcome<>(null, failureOf(slots.get(0)), parts());
  }

  private R merged(RequestMessage<R> request, List<Slot<P, A>> some) {
    List<P> pieces = new ArrayList<>(some.size());
    List<A> answers = new ArrayList<>(some.size());
    Set<Sending<P, A, ?>> sendings = new LinkedHashSet<>();
    for (Slot<P, A> slot : some) {
      pieces.add(slot.piece());
      answers.add(answerOf(slot));
      if (slot.answer() != null && slot.sending() != null) {
        sendings.add(slot.sending());
      }
    }
    return split.merge(request, pieces, answers, responses(sendings));
  }

  @SuppressWarnings("unchecked") // All sendings of one request are answered alike.
  private List<R> responses(Set<Sending<P, A, ?>> sendings) {
    List<R> responses = new ArrayList<>(sendings.size());
    for (Sending<P, A, ?> sending : sendings) {
      responses.add((R) Objects.requireNonNull(sending.response()));
    }
    return responses;
  }

  private A answerOf(Slot<P, A> slot) {
    A answer = slot.answer();
    if (answer != null) {
      return answer;
    }
    OttlaException why = failureOf(slot);
    ErrorCode nearest = Failures.nearest(why, slot.target());
    return split.refusal(slot.piece(), nearest, String.valueOf(why.getMessage()));
  }

  private OttlaException failureOf(Slot<P, A> slot) {
    OttlaException failure = slot.failure();
    return failure == null
        ? new RetriableException("it was not tried", SendOutcome.NOT_SENT, null)
        : failure;
  }

  /** Each request that was answered, as far as it was not asked again; then what was not. */
  private List<RequestPart<R>> parts() {
    IdentityHashMap<Object, List<Slot<P, A>>> together = new IdentityHashMap<>();
    List<Object> order = new ArrayList<>();
    for (Slot<P, A> slot : slots) {
      Object reason = slot.answer() == null ? failureOf(slot) : sendingOf(slot);
      together
          .computeIfAbsent(
              reason,
              any -> {
                order.add(any);
                return new ArrayList<>();
              })
          .add(slot);
    }
    List<RequestPart<R>> parts = new ArrayList<>();
    for (Object reason : order) {
      List<Slot<P, A>> some = Objects.requireNonNull(together.get(reason));
      RequestMessage<R> part = part(some);
      parts.add(
          reason instanceof OttlaException failure
              ? new RequestPart<>(lastBroker(some), part, null, failure)
              : new RequestPart<>(lastBroker(some), part, merged(part, some), null));
    }
    return parts;
  }

  private Sending<P, A, ?> sendingOf(Slot<P, A> slot) {
    return Objects.requireNonNull(slot.sending());
  }

  private RequestMessage<R> part(List<Slot<P, A>> some) {
    List<P> pieces = some.stream().map(Slot::piece).toList();
    return split.request(whole, pieces, AS_ASKED);
  }

  private int lastBroker(List<Slot<P, A>> some) {
    @Nullable Sending<P, A, ?> sending = some.get(0).sending();
    return sending == null ? -1 : sending.link().brokerId();
  }
}
