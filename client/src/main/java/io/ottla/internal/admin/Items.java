package io.ottla.internal.admin;

import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.error.OttlaException;
import java.util.concurrent.CompletableFuture;

/** From outcomes of several items to that of the only one. */
final class Items {
  private Items() {}

  /** The value of the only item; its failure fails the future. */
  static <K, T> CompletableFuture<T> single(K item, CompletableFuture<Outcomes<K, T>> outcomes) {
    return Session.run(() -> outcomes.thenApply(all -> all.of(item).orThrow()));
  }

  /** As the other, where there is nothing to tell. */
  static <K> CompletableFuture<Void> singleVoid(
      K item, CompletableFuture<Outcomes<K, Void>> outcomes) {
    return Session.run(
        () ->
            outcomes.thenAccept(
                all -> {
                  Outcome<Void> outcome = all.of(item);
                  OttlaException failure = outcome.failure();
                  if (failure != null) {
                    throw failure;
                  }
                }));
  }
}
