package io.ottla.internal.cluster;

import io.ottla.error.AuthenticationException;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.route.Remedy;
import io.ottla.internal.cluster.route.Target;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What follows from an answer or a failure for one piece of a request: whether to try again, and
 * what of that which is known has proved wrong.
 */
@LoopConfined
final class Judge {
  private static final int MOST_UNKNOWN_ANSWERS = 4;
  private static final int MOST_VIOLATIONS = 3;

  private final Surroundings around;
  private final boolean isRepeatable;

  /**
   * @param isRepeatable whether the request may be carried out twice
   */
  Judge(Surroundings around, boolean isRepeatable) {
    this.around = around;
    this.isRepeatable = isRepeatable;
  }

  /** Whether a broker's error may be gone at the next attempt. */
  boolean isWorthAnother(Slot<?, ?> slot, ErrorCode error) {
    return hasRetries(slot)
        && switch (Remedy.of(error)) {
          case RETRY, BACK_OFF -> true;
          case RETRY_IF_REPEATABLE -> isRepeatable;
          case REFRESH_METADATA -> slot.target() instanceof Target.Leader && isPatient(slot, error);
          case FIND_COORDINATOR -> slot.target() instanceof Target.Coordinator || isAnybodys(slot);
          case FIND_CONTROLLER -> slot.target() instanceof Target.Controller || isAnybodys(slot);
          default -> false;
        };
  }

  /** A topic that brokers do not know may have been created a moment ago, not long ago. */
  private static boolean isPatient(Slot<?, ?> slot, ErrorCode error) {
    return switch (error) {
      case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID ->
          slot.countUnknown() < MOST_UNKNOWN_ANSWERS;
      default -> true;
    };
  }

  /** Whether a failure may be gone at the next attempt, and that would do nothing twice. */
  boolean isWorthAnother(Slot<?, ?> slot, OttlaException failure, int violations) {
    if (!hasRetries(slot)) {
      return false;
    }
    if (failure instanceof AuthenticationException) {
      return isAnybodys(slot) && around.anyBroker().refusedByAll() == null;
    }
    if (failure instanceof ProtocolViolationException && violations >= MOST_VIOLATIONS) {
      return false;
    }
    boolean mayPass =
        failure instanceof RetriableException
            || failure instanceof TimeoutException
            || failure instanceof ProtocolViolationException
            || failure instanceof ClosedException;
    return mayPass && (isRepeatable || failure.outcome() == SendOutcome.NOT_SENT);
  }

  private boolean hasRetries(Slot<?, ?> slot) {
    int most = around.settings().retries();
    return most < 0 || slot.failures() < most;
  }

  private static boolean isAnybodys(Slot<?, ?> slot) {
    return slot.target() instanceof Target.Anybody;
  }

  /** Whether metadata names another leader than the broker that was asked. */
  boolean isLedElsewhere(Slot<?, ?> slot, PooledLink asked) {
    if (!(slot.target() instanceof Target.Leader led)) {
      return false;
    }
    ClusterView view = around.metadata().view();
    String name = Topics.name(led, view);
    BrokerNode leader = name.isEmpty() ? null : view.leader(name, led.partition());
    return leader != null && leader.id() != asked.brokerId();
  }

  /** Tells those who know where it was sent that this proved wrong. */
  void complain(Slot<?, ?> slot, PooledLink asked, ErrorCode error) {
    switch (Remedy.of(error)) {
      case REFRESH_METADATA -> complainOfLeader(slot, error, asked + " said " + error);
      case FIND_COORDINATOR, FIND_CONTROLLER -> complain(slot, asked + " said " + error);
      default -> {
        // Who has to answer is not in doubt.
      }
    }
  }

  /** As the other, of a broker that could not be asked or did not answer. */
  void complain(Slot<?, ?> slot, PooledLink asked, OttlaException failure) {
    if (!(failure instanceof RetriableException || failure instanceof TimeoutException)) {
      return;
    }
    String why = asked + " failed: " + failure.getMessage();
    complainOfLeader(slot, ErrorCode.NETWORK_EXCEPTION, why);
    complain(slot, why);
    if (failure instanceof BrokerUnreachableException) {
      if (slot.target() instanceof Target.Coordinator) {
        around.coordinators().brokerGone(asked.brokerId(), why);
      } else if (slot.target() instanceof Target.Given) {
        // It may listen elsewhere by now; whether it does, nobody waits for.
        long untilNanos = around.clock().nanoTime() + around.settings().attemptNanos();
        CompletableFuture<ClusterView> unused = around.metadata().refresh(List.of(), untilNanos);
      }
    }
  }

  private void complainOfLeader(Slot<?, ?> slot, ErrorCode error, String why) {
    if (slot.target() instanceof Target.Leader led) {
      String name = Topics.name(led, around.metadata().view());
      boolean isOfTopic =
          error == ErrorCode.UNKNOWN_TOPIC_ID || error == ErrorCode.INCONSISTENT_TOPIC_ID;
      if (!name.isEmpty()) {
        around
            .metadata()
            .complain(name, isOfTopic ? -1 : led.partition(), slot.generationSeen(), why);
      }
    }
  }

  private void complain(Slot<?, ?> slot, String why) {
    if (slot.target() instanceof Target.Coordinator one) {
      around.coordinators().complain(one.type(), one.key(), slot.generationSeen(), why);
    } else if (slot.target() instanceof Target.Controller) {
      around.metadata().complainController(slot.generationSeen(), why);
    }
  }
}
