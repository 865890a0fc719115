package io.ottla.internal.admin;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests that look different to brokers of different age: the newest form is tried first, and one
 * that the broker's version cannot carry is never sent, so that the next can be.
 */
final class Fitting {
  private Fitting() {}

  /** Whether a request did not leave because the broker is too old for it, or for its form. */
  static boolean isMisfit(Throwable failure) {
    return Session.reason(failure) instanceof RefusedException refused
        && refused.outcome() == SendOutcome.NOT_SENT;
  }

  /** Asks in one form after the other until one fits. */
  static <Q, R> CompletableFuture<R> ask(List<Q> forms, Function<Q, CompletableFuture<R>> asking) {
    Q form = forms.get(0);
    CompletableFuture<R> answer = asking.apply(form);
    if (forms.size() == 1) {
      return answer;
    }
    return recover(answer, () -> ask(forms.subList(1, forms.size()), asking));
  }

  /** If the request did not fit, goes another way. */
  static <R> CompletableFuture<R> recover(
      CompletableFuture<R> answer, Supplier<CompletableFuture<R>> otherwise) {
    return answer.exceptionallyCompose(
        failure -> isMisfit(failure) ? otherwise.get() : CompletableFuture.failedFuture(failure));
  }

  /**
   * Says what a broker is too old for.
   *
   * @param what what cannot be done, as a sentence without an end
   * @param since the release of Kafka that could do it first
   */
  static <R> CompletableFuture<R> needs(String what, String since, CompletableFuture<R> answer) {
    return answer.exceptionally(
        failure -> {
          if (isMisfit(failure)) {
            throw tooOld(what, since, Session.failure(failure));
          }
          throw new CompletionException(Session.reason(failure));
        });
  }

  /** As the other, of one failure: turned into the words that tell, if it is a misfit. */
  static OttlaException needs(String what, String since, OttlaException failure) {
    return isMisfit(failure) ? tooOld(what, since, failure) : failure;
  }

  private static UnsupportedVersionException tooOld(
      String what, String since, OttlaException failure) {
    return new UnsupportedVersionException(
        what + ": this needs Kafka " + since + " or newer (" + failure.getMessage() + ")");
  }
}
