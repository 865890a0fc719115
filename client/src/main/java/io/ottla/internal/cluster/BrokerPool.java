package io.ottla.internal.cluster;

import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.route.Use;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of one cluster: for each broker one per use, and one for each bootstrap server; made
 * when first needed.
 *
 * <p>Owns: the links, those too that are no longer handed out but have requests under way. Thread:
 * the cluster's loop. Always: brokers that share host and port have links of their own; after
 * {@link #close} nothing is made; its future completes when no link is left.
 */
@LoopConfined
final class BrokerPool {
  private static final Logger log = LoggerFactory.getLogger(BrokerPool.class);

  private record Key(int brokerId, Use use) {}

  private final Function<Endpoint, BrokerLink> opener;
  private final String clientId;
  private final Loop loop;
  private final Clock clock;
  private final Duration drainTime;
  private final long unusedNanos;
  private final Map<Key, PooledLink> links = new HashMap<>();
  private final Map<Endpoint, PooledLink> bootstrap = new HashMap<>();
  private final List<PooledLink> draining = new ArrayList<>();
  private boolean isClosed;

  /**
   * @param drainTime how long requests under way may take that a broker has which is leaving
   * @param unusedNanos after how long without a request a link is closed; 0 for never
   */
  BrokerPool(
      Function<Endpoint, BrokerLink> opener,
      String clientId,
      Loop loop,
      Clock clock,
      Duration drainTime,
      long unusedNanos) {
    this.opener = opener;
    this.clientId = clientId;
    this.loop = loop;
    this.clock = clock;
    this.drainTime = drainTime;
    this.unusedNanos = unusedNanos;
  }

  /** The link to a broker; null after the end. */
  @Nullable PooledLink link(BrokerNode broker, Use use) {
    assert loop.inLoop();
    Key key = new Key(broker.id(), use);
    Endpoint where = new Endpoint(broker.host(), broker.port());
    PooledLink known = links.get(key);
    if (known != null && !known.endpoint().equals(where)) {
      drop(known, "it listens at " + where + " now");
      links.remove(key);
      known = null;
    }
    if (known == null && !isClosed) {
      known = new PooledLink(broker.id(), opener.apply(where), loop, clock);
      links.put(key, known);
    }
    return isClosed ? null : known;
  }

  /** The link to a bootstrap server; null after the end. */
  @Nullable PooledLink bootstrap(Endpoint where) {
    assert loop.inLoop();
    return isClosed
        ? null
        : bootstrap.computeIfAbsent(where, to -> new PooledLink(-1, opener.apply(to), loop, clock));
  }

  /** The link to a bootstrap server is of no more use, unless something is under way on it. */
  void dropBootstrap(Endpoint where, String why) {
    PooledLink link = bootstrap.get(where);
    if (link != null && link.outstanding() == 0) {
      bootstrap.remove(where);
      drop(link, why);
    }
  }

  /** Closes what leads to brokers that left, moved, or are of no more use. */
  void onView(ClusterView now) {
    assert loop.inLoop();
    long nowNanos = clock.nanoTime();
    for (Iterator<Map.Entry<Key, PooledLink>> all = links.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Key, PooledLink> entry = all.next();
      String why = whyToDrop(entry.getKey().brokerId(), entry.getValue(), now, nowNanos);
      if (why != null) {
        all.remove();
        drop(entry.getValue(), why);
      }
    }
    for (Iterator<PooledLink> all = bootstrap.values().iterator(); all.hasNext(); ) {
      PooledLink link = all.next();
      if (now.hasBrokers() && link.outstanding() == 0) {
        all.remove();
        drop(link, "the cluster's brokers are known");
      }
    }
  }

  private @Nullable String whyToDrop(int id, PooledLink link, ClusterView now, long nowNanos) {
    BrokerNode broker = now.broker(id);
    if (broker == null) {
      return now.hasBrokers() ? "it is no longer a broker of the cluster" : null;
    }
    if (!link.endpoint().equals(new Endpoint(broker.host(), broker.port()))) {
      return "it listens elsewhere now";
    }
    boolean isUnused =
        unusedNanos > 0 && link.outstanding() == 0 && nowNanos - link.lastUsedNanos() > unusedNanos;
    return isUnused ? "nobody uses it" : null;
  }

  private void drop(PooledLink link, String why) {
    log.debug("[{}|{}] link closed: {}", clientId, link, why);
    draining.add(link);
    CompletableFuture<Void> unused =
        link.close(drainTime)
            .whenComplete((done, failure) -> Loops.run(loop, () -> draining.remove(link)));
  }

  /**
   * Hands out no more.
   *
   * @param timeout how long requests under way may take
   * @return completes, on some loop, when no link is left
   */
  CompletableFuture<Void> close(Duration timeout) {
    assert loop.inLoop();
    isClosed = true;
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    links.values().forEach(link -> ends.add(link.close(timeout)));
    bootstrap.values().forEach(link -> ends.add(link.close(timeout)));
    draining.forEach(link -> ends.add(link.close(timeout)));
    links.clear();
    bootstrap.clear();
    return CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
  }

  /** How many links there are. */
  int size() {
    return links.size() + bootstrap.size() + draining.size();
  }
}
