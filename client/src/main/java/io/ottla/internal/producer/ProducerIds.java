package io.ottla.internal.producer;

import io.ottla.Route;
import io.ottla.error.Attempt;
import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer's id and its newest epoch, which lanes take when they begin anew.
 *
 * <p>A lane that needs an epoch that its partition's leader has not seen takes the next one; that
 * is agreed with nobody, since a leader takes any epoch above the one that it knows. When there is
 * no next one a new id is asked for.
 */
@LoopConfined
final class ProducerIds {
  private static final Logger log = LoggerFactory.getLogger(ProducerIds.class);
  private static final int NOBODY = -1;

  private final ClusterFloor floor;
  private final ProducerSettings settings;
  private final ArrayDeque<Lane> awaiting = new ArrayDeque<>();
  private ProducerIdState state = ProducerIdState.NONE;
  private @Nullable Numbers current; // only while PRESENT
  private boolean hadOne;
  private int failures;
  private long lastFailureNanos; // only while there are failures
  private String lastFailure = "";
  private @Nullable OttlaException refusal; // only while REFUSED
  private Loop.@Nullable Delayed timer; // only while PAUSING

  ProducerIds(ClusterFloor floor, ProducerSettings settings) {
    this.floor = floor;
    this.settings = settings;
  }

  /** The newest numbers; null if there are none now. */
  @Nullable Numbers current() {
    return current;
  }

  /** Whether the brokers have no ids for us, and records go without. */
  boolean isOff() {
    return state == ProducerIdState.OFF;
  }

  /** Why nothing can be sent, if ids were demanded and there are none; null else. */
  @Nullable OttlaException refusal() {
    return refusal;
  }

  /** How often an id was asked for in vain, and what came of it last. */
  List<Attempt> tried() {
    return failures == 0
        ? List.of()
        : List.of(
            new Attempt(
                "the producer id",
                "could not be got: " + lastFailure,
                failures,
                Duration.ofNanos(floor.clock().nanoTime() - lastFailureNanos)));
  }

  /**
   * Numbers that the leader of a lane has not seen.
   *
   * @param former those that it has used; null for none
   * @return null if an id must be asked for first
   */
  @Nullable Numbers after(@Nullable Numbers former) {
    Numbers newest = current;
    if (newest == null || former == null || newest.id() != former.id()) {
      return newest;
    }
    if (newest.epoch() <= former.epoch()) {
      if (!newest.hasNext()) {
        retire(newest);
        return null;
      }
      current = newest.next();
    }
    return current;
  }

  /** For tests: as if so many epochs had been used. */
  void skipTo(Numbers with) {
    current = with;
  }

  /** Numbers are of no use any more: the next ones have another id. */
  void retire(Numbers useless) {
    Numbers newest = current;
    if (newest != null && newest.id() == useless.id()) {
      current = null;
      moveTo(ProducerIdState.NONE);
    }
  }

  /** The lane hears as soon as there are numbers, or surely none. */
  void await(Lane lane) {
    if (state == ProducerIdState.REFUSED) {
      return;
    }
    awaiting.add(lane);
    if (state == ProducerIdState.NONE) {
      ask();
    }
  }

  private void ask() {
    moveTo(ProducerIdState.ASKING);
    InitProducerIdRequest request =
        new InitProducerIdRequest()
            .transactionalId(null)
            .transactionTimeoutMs(Integer.MAX_VALUE)
            .producerId(NOBODY)
            .producerEpoch((short) NOBODY);
    Duration timeout = Duration.ofNanos(settings.topics().requestTimeoutNanos());
    CompletableFuture<Void> unused =
        floor
            .request(request, Route.any(), timeout)
            .handle(
                (response, failure) -> {
                  onAnswer(response, failure);
                  return null;
                });
  }

  private void onAnswer(@Nullable InitProducerIdResponse response, @Nullable Throwable thrown) {
    if (state != ProducerIdState.ASKING) {
      return; // closed meanwhile
    }
    if (response == null) {
      onFailure(thrown);
      return;
    }
    ErrorCode error = ErrorCode.of(response.errorCode());
    if (error == ErrorCode.NONE) {
      onId(new Numbers(response.producerId(), response.producerEpoch()));
    } else {
      onFailure(Troubles.ofProducerId(error));
    }
  }

  private void onId(Numbers given) {
    failures = 0;
    hadOne = true;
    current = given;
    moveTo(ProducerIdState.PRESENT);
    log.debug("[{}] producer id {} in epoch {}", floor.clientId(), given.id(), given.epoch());
    wake();
  }

  private void onFailure(@Nullable Throwable thrown) {
    OttlaException failure = Troubles.typed(unwrapped(thrown));
    boolean isForGood =
        failure instanceof AuthorizationException || failure instanceof UnsupportedVersionException;
    lastFailure = String.valueOf(failure.getMessage());
    lastFailureNanos = floor.clock().nanoTime();
    if (isForGood && !hadOne) {
      turnOff(failure);
      return;
    }
    failures++;
    moveTo(ProducerIdState.PAUSING);
    timer =
        floor
            .loop()
            .schedule(
                () -> {
                  moveTo(ProducerIdState.NONE);
                  if (!awaiting.isEmpty()) {
                    ask();
                  }
                },
                floor.backoff().nanos(failures));
  }

  private void turnOff(OttlaException failure) {
    if (settings.isIdempotenceDemanded()) {
      refusal = Troubles.demanded(failure);
      moveTo(ProducerIdState.REFUSED);
      wake();
      refusal = null; // who comes from now on asks again: it may have been allowed meanwhile
      moveTo(ProducerIdState.NONE);
    } else {
      log.warn(
          "[{}] records are sent without producer id, so a retry may write one twice: {}",
          floor.clientId(),
          failure.getMessage());
      moveTo(ProducerIdState.OFF);
      wake();
    }
  }

  private void wake() {
    for (int left = awaiting.size(); left > 0; left--) {
      awaiting.remove().onNumbers();
    }
  }

  void close() {
    awaiting.clear();
    if (timer != null) {
      timer.cancel();
    }
    current = null;
    moveTo(ProducerIdState.CLOSED);
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
    return thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
  }

  private void moveTo(ProducerIdState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(floor.clientId() + ": producer id " + state + " -> " + next);
    }
    state = next;
  }
}
