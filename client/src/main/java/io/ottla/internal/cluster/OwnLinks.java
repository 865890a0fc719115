package io.ottla.internal.cluster;

import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The links that one producer or consumer has for itself: a broker answers one connection's
 * requests one at a time, and nobody else's wait behind these.
 *
 * <p>Owns: the links, until they are closed. Thread: the cluster's loop.
 */
@LoopConfined
final class OwnLinks implements Channel.Links {
  private final Function<Endpoint, BrokerLink> opener;
  private final Loop loop;
  private final Clock clock;
  private final Set<PooledLink> links = new LinkedHashSet<>();
  private boolean isClosed;

  OwnLinks(Function<Endpoint, BrokerLink> opener, Loop loop, Clock clock) {
    this.opener = opener;
    this.loop = loop;
    this.clock = clock;
  }

  @Override
  public @Nullable PooledLink open(BrokerNode broker) {
    assert loop.inLoop();
    if (isClosed) {
      return null;
    }
    Endpoint where = new Endpoint(broker.host(), broker.port());
    PooledLink link = new PooledLink(broker.id(), opener.apply(where), loop, clock);
    links.add(link);
    return link;
  }

  @Override
  public void close(PooledLink link) {
    assert loop.inLoop();
    CompletableFuture<Void> unused =
        link.close(Duration.ZERO)
            .whenComplete((done, failure) -> Loops.run(loop, () -> links.remove(link)));
  }

  /**
   * Opens no more.
   *
   * @param timeout how long requests under way may take
   * @return completes, on some loop, when no link is left
   */
  CompletableFuture<Void> close(Duration timeout) {
    assert loop.inLoop();
    isClosed = true;
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    List.copyOf(links).forEach(link -> ends.add(link.close(timeout)));
    return CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
  }
}
