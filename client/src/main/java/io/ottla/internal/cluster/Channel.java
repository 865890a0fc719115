package io.ottla.internal.cluster;

import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.LinkTrouble;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to one broker, wherever that listens.
 *
 * <p>Thread: the cluster's loop. Always: while something is under way to where the broker listened
 * before, everything goes there, so that nothing overtakes it.
 */
@LoopConfined
final class Channel implements BrokerChannel {
  /** Where links come from. On the loop. */
  interface Links {
    /** The link to where a broker listens; null after the end. */
    @Nullable PooledLink open(BrokerNode broker);

    /** A link on which nothing is under way is of no more use. */
    void close(PooledLink link);
  }

  private final Links links;
  private final Loop loop;
  private BrokerNode broker;
  private @Nullable PooledLink link; // since it was first needed

  Channel(BrokerNode broker, Links links, Loop loop) {
    this.broker = broker;
    this.links = links;
    this.loop = loop;
  }

  /** The broker, as the cluster describes it now. */
  void onBroker(BrokerNode now) {
    assert loop.inLoop();
    broker = now;
  }

  /** The broker has left: what is under way goes on. */
  void onBrokerGone() {
    assert loop.inLoop();
    PooledLink now = link;
    if (now != null && now.outstanding() == 0) {
      links.close(now);
      link = null;
    }
  }

  private @Nullable PooledLink link() {
    assert loop.inLoop();
    PooledLink now = link;
    if (now != null && (now.isClosing() || (isElsewhere(now) && now.outstanding() == 0))) {
      links.close(now);
      now = null;
    }
    if (now == null) {
      now = links.open(broker);
      link = now;
    }
    return now;
  }

  private boolean isElsewhere(PooledLink one) {
    return !one.endpoint().equals(new Endpoint(broker.host(), broker.port()));
  }

  @Override
  public int brokerId() {
    return broker.id();
  }

  @Override
  public @Nullable PeerVersions versions() {
    PooledLink now = link;
    return now == null ? null : now.versions();
  }

  @Override
  public void connect(BiConsumer<@Nullable PeerVersions, @Nullable Throwable> then) {
    PooledLink now = link();
    if (now == null) {
      loop.execute(() -> then.accept(null, refusal()));
    } else {
      now.versions(then);
    }
  }

  @Override
  public @Nullable LinkTrouble trouble() {
    PooledLink now = link;
    return now == null ? null : now.trouble();
  }

  @Override
  public <R extends ResponseMessage> void send(
      RequestMessage<R> request,
      int version,
      long timeoutNanos,
      Runnable onBytesFree,
      Reply<R> reply) {
    PooledLink now = link();
    if (now == null) {
      onBytesFree.run();
      loop.execute(() -> reply.onFailure(refusal()));
    } else {
      now.send(request, version, timeoutNanos, onBytesFree, reply);
    }
  }

  private ClosedException refusal() {
    return new ClosedException(
        "not sent to broker " + broker.id() + ": the client is closed", SendOutcome.NOT_SENT);
  }
}
