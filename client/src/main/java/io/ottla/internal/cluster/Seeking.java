package io.ottla.internal.cluster;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.Coordinator;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.cluster.route.Target;
import io.ottla.internal.cluster.route.Use;
import io.ottla.internal.runtime.LoopConfined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the links to whoever must answer the pieces of one request; asks who that is where it is
 * not known. What is found in one turn of the loop is handed over together, so that pieces of one
 * broker travel in one request.
 *
 * <p>Thread: the cluster's loop. Always: each piece handed in is handed back once, as found or as
 * lost.
 *
 * @param <P> a piece
 * @param <A> its answer
 */
@LoopConfined
final class Seeking<P, A> {
  /** Who is told. */
  interface Listener<P, A> {
    /** These go over this link. */
    void onFound(PooledLink link, List<Slot<P, A>> slots);

    /** Nobody can be asked for this one. */
    void onLost(Slot<P, A> slot, OttlaException why);
  }

  private record Arrived<P, A>(Slot<P, A> slot, PooledLink link) {}

  private final Surroundings around;
  private final Use use;
  private final long deadlineNanos;
  private final Listener<P, A> listener;
  private final List<Arrived<P, A>> arrived = new ArrayList<>();

  Seeking(Surroundings around, Use use, long deadlineNanos, Listener<P, A> listener) {
    this.around = around;
    this.use = use;
    this.deadlineNanos = deadlineNanos;
    this.listener = listener;
  }

  void seek(List<Slot<P, A>> slots) {
    assert around.loop().inLoop();
    List<Slot<P, A>> led = new ArrayList<>();
    for (Slot<P, A> slot : slots) {
      Target target = slot.target();
      if (target instanceof Target.Leader) {
        led.add(slot);
      } else if (target instanceof Target.Coordinator coordinated) {
        coordinator(slot, coordinated);
      } else if (target instanceof Target.Given given) {
        given(slot, given.id());
      } else if (target instanceof Target.Controller) {
        controller(slot);
      } else {
        arrive(slot, around.anyBroker().pick());
      }
    }
    if (!led.isEmpty()) {
      leaders(led);
    }
  }

  private void leaders(List<Slot<P, A>> slots) {
    List<Slot<P, A>> missing = known(slots);
    if (missing.isEmpty()) {
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    boolean areAllNamed = true;
    for (Slot<P, A> slot : missing) {
      String name = name(slot);
      areAllNamed &= !name.isEmpty();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    if (areAllNamed) {
      then(
          around.metadata().topics(names, deadlineNanos),
          missing,
          view -> known(missing).forEach(this::leader));
    } else {
      byId(missing);
    }
  }

  /** Those whose leader is not known; the others arrive. */
  private List<Slot<P, A>> known(List<Slot<P, A>> slots) {
    ClusterView view = around.metadata().view();
    List<Slot<P, A>> missing = new ArrayList<>();
    for (Slot<P, A> slot : slots) {
      Target.Leader led = (Target.Leader) slot.target();
      String name = name(slot);
      BrokerNode leader = name.isEmpty() ? null : view.leader(name, led.partition());
      if (leader == null) {
        missing.add(slot);
      } else {
        arrive(slot, leader, view.generation());
      }
    }
    return missing;
  }

  /** Topics that are called by ids that nobody has heard of: only all topics can tell. */
  private void byId(List<Slot<P, A>> slots) {
    then(
        around.metadata().allTopics(deadlineNanos),
        slots,
        all -> {
          List<Slot<P, A>> named = new ArrayList<>();
          Set<String> names = new LinkedHashSet<>();
          for (Slot<P, A> slot : slots) {
            Target.Leader led = (Target.Leader) slot.target();
            TopicView topic = led.topic().isEmpty() ? all.topic(led.topicId()) : null;
            if (topic == null && led.topic().isEmpty()) {
              listener.onLost(slot, unknownId(led));
            } else {
              named.add(slot);
              names.add(topic == null ? led.topic() : topic.name());
            }
          }
          then(
              around.metadata().topics(names, deadlineNanos),
              named,
              view -> known(named).forEach(this::leader));
        });
  }

  private static OttlaException unknownId(Target.Leader led) {
    return new RefusedException(
        "no topic has the id " + led.topicId() + "; it was deleted, or belongs to another cluster",
        SendOutcome.NOT_SENT,
        null);
  }

  /** The topic is known, its leader is not: asks until there is one. */
  private void leader(Slot<P, A> slot) {
    Target.Leader led = (Target.Leader) slot.target();
    String name = name(slot);
    if (name.isEmpty()) {
      listener.onLost(slot, unknownId(led));
      return;
    }
    then(
        around.metadata().leader(name, led.partition(), deadlineNanos),
        List.of(slot),
        view -> {
          BrokerNode leader = view.leader(name, led.partition());
          if (leader == null) {
            listener.onLost(slot, notThere(led + " has no leader"));
          } else {
            arrive(slot, leader, view.generation());
          }
        });
  }

  /** The name of a slot's topic; empty if it has only an id that nobody knows. */
  private String name(Slot<P, A> slot) {
    Target.Leader led = (Target.Leader) slot.target();
    return Topics.name(led, around.metadata().view());
  }

  private void coordinator(Slot<P, A> slot, Target.Coordinator wanted) {
    CompletableFuture<Coordinator> found =
        around.coordinators().find(wanted.type(), wanted.key(), deadlineNanos);
    then(
        found,
        List.of(slot),
        coordinator -> {
          // What metadata says of where it listens is what the pool's links go by.
          BrokerNode listed = around.metadata().view().broker(coordinator.broker().id());
          arrive(slot, listed == null ? coordinator.broker() : listed, coordinator.generation());
        });
  }

  private void controller(Slot<P, A> slot) {
    ClusterView view = around.metadata().view();
    BrokerNode known = view.controller();
    if (known != null) {
      arrive(slot, known, view.generation());
      return;
    }
    then(
        around.metadata().controller(deadlineNanos),
        List.of(slot),
        now -> {
          BrokerNode controller = now.controller();
          if (controller == null) {
            listener.onLost(slot, notThere("nobody is the controller"));
          } else {
            arrive(slot, controller, now.generation());
          }
        });
  }

  private void given(Slot<P, A> slot, int id) {
    ClusterView view = around.metadata().view();
    BrokerNode known = view.broker(id);
    if (known != null) {
      arrive(slot, known, view.generation());
      return;
    }
    then(
        around.metadata().refresh(List.of(), deadlineNanos),
        List.of(slot),
        now -> {
          BrokerNode broker = now.broker(id);
          if (broker == null) {
            listener.onLost(slot, Brokers.unknown(id, now));
          } else {
            arrive(slot, broker, now.generation());
          }
        });
  }

  private static OttlaException notThere(String what) {
    return new RetriableException(what, SendOutcome.NOT_SENT, null);
  }

  private void arrive(Slot<P, A> slot, BrokerNode broker, long generation) {
    slot.seen(generation);
    arrive(slot, around.pool().link(broker, use));
  }

  private void arrive(Slot<P, A> slot, @Nullable PooledLink link) {
    if (link == null) {
      listener.onLost(
          slot, new ClosedException("it was not sent: the client is closed", SendOutcome.NOT_SENT));
      return;
    }
    arrived.add(new Arrived<>(slot, link));
    if (arrived.size() == 1) {
      around.loop().execute(this::flush);
    }
  }

  private void flush() {
    Map<PooledLink, List<Slot<P, A>>> byLink = new LinkedHashMap<>();
    for (Arrived<P, A> one : arrived) {
      byLink.computeIfAbsent(one.link(), any -> new ArrayList<>()).add(one.slot());
    }
    arrived.clear();
    byLink.forEach(listener::onFound);
  }

  /** Goes on, on the loop, with what was found; or loses the slots. */
  private <T> void then(CompletableFuture<T> found, List<Slot<P, A>> slots, Consumer<T> next) {
    CompletableFuture<T> unused =
        found.whenComplete(
            (value, failure) ->
                Loops.run(
                    around.loop(),
                    () -> {
                      if (failure == null) {
                        next.accept(value);
                      } else {
                        OttlaException why = Failures.typed(failure);
                        slots.forEach(slot -> listener.onLost(slot, why));
                      }
                    }));
  }
}
