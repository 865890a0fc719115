package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.group.Coordinators;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who coordinates what: by default a key belongs to a broker by its hash, and if that one does not
 * run, to the next that does. A test may move a key, or say that its coordinator loads or is away.
 *
 * <p>Thread: the cluster's loop.
 */
public final class CoordinatorMap implements Coordinators {
  private record Key(KeyType type, String name) {}

  private final Supplier<List<BrokerNode>> members;
  private final IntPredicate isAlive;
  private final Map<Key, Integer> moved = new HashMap<>();
  private final Map<Key, ErrorCode> troubles = new HashMap<>();

  /**
   * @param members all brokers of the cluster, by id, running or not
   */
  CoordinatorMap(Supplier<List<BrokerNode>> members, IntPredicate isAlive) {
    this.members = members;
    this.isAlive = isAlive;
  }

  @Override
  public @Nullable Endpoint find(KeyType type, String key, int askedBrokerId) {
    if (troubles.get(new Key(type, key)) == ErrorCode.COORDINATOR_NOT_AVAILABLE) {
      return null;
    }
    BrokerNode broker = coordinator(type, key);
    if (broker == null) {
      return null;
    }
    BrokerAddress address = broker.address();
    return new Endpoint(address.id(), address.host(), address.port());
  }

  @Override
  public ErrorCode check(KeyType type, String key, int brokerId) {
    ErrorCode trouble = troubles.get(new Key(type, key));
    if (trouble != null) {
      return trouble;
    }
    BrokerNode broker = coordinator(type, key);
    return broker != null && broker.id() == brokerId ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
  }

  /** The broker that coordinates a key now, or null if none runs. */
  public @Nullable BrokerNode coordinator(KeyType type, String key) {
    List<BrokerNode> all = members.get();
    if (all.isEmpty()) {
      return null;
    }
    int first = indexOf(all, moved.get(new Key(type, key)), key);
    for (int i = 0; i < all.size(); i++) {
      BrokerNode candidate = all.get((first + i) % all.size());
      if (isAlive.test(candidate.id())) {
        return candidate;
      }
    }
    return null;
  }

  /** Moves a key to a broker. */
  void move(KeyType type, String key, int brokerId) {
    moved.put(new Key(type, key), brokerId);
  }

  /** Has everybody who asks the key's coordinator told this error, or no longer if it is NONE. */
  public void trouble(KeyType type, String key, ErrorCode error) {
    if (error == ErrorCode.NONE) {
      troubles.remove(new Key(type, key));
    } else {
      troubles.put(new Key(type, key), error);
    }
  }

  private static int indexOf(List<BrokerNode> all, @Nullable Integer brokerId, String key) {
    for (int i = 0; brokerId != null && i < all.size(); i++) {
      if (all.get(i).id() == brokerId) {
        return i;
      }
    }
    return Math.floorMod(key.hashCode(), all.size());
  }
}
