package io.ottla.internal.cluster;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.route.Target;
import io.ottla.internal.runtime.LoopConfined;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a request and what has become of it. Always: once settled, it stays as it is.
 *
 * @param <P> the piece's type
 * @param <A> its answer's
 */
@LoopConfined
final class Slot<P, A> {
  private final P piece;
  private final Target target;
  private int failures; // attempts that were of no use
  private int unknowns; // of these, answers that the topic is not known
  private long generationSeen; // of the view or lookup that it was sent by
  private @Nullable A answer; // the last, if that is what came last
  private @Nullable OttlaException failure; // if that is what came last
  private @Nullable Sending<P, A, ?> sending; // the last that it was part of
  private boolean isInFlight;
  private boolean isSettled;

  Slot(P piece, Target target) {
    this.piece = piece;
    this.target = target;
  }

  P piece() {
    return piece;
  }

  Target target() {
    return target;
  }

  int failures() {
    return failures;
  }

  long generationSeen() {
    return generationSeen;
  }

  void seen(long generation) {
    generationSeen = generation;
  }

  void sentBy(Sending<P, A, ?> newSending) {
    sending = newSending;
    isInFlight = true;
  }

  @Nullable Sending<P, A, ?> sending() {
    return sending;
  }

  void answered(A newAnswer) {
    answer = newAnswer;
    failure = null;
  }

  void failed(OttlaException newFailure) {
    failure = newFailure;
    answer = null;
  }

  void tryAgain() {
    failures++;
  }

  int countUnknown() {
    return ++unknowns;
  }

  @Nullable A answer() {
    return answer;
  }

  @Nullable OttlaException failure() {
    return failure;
  }

  boolean isInFlight() {
    return isInFlight;
  }

  /** What it was part of has ended. */
  void landed() {
    isInFlight = false;
  }

  boolean isSettled() {
    return isSettled;
  }

  void settle() {
    isSettled = true;
  }
}
