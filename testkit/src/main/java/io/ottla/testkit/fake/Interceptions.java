package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.internal.loop.Loop;
import io.ottla.testkit.internal.wire.Interceptor;
import io.ottla.testkit.internal.wire.RequestExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All faults that are staged in a cluster; notes each request and picks its fault.
 *
 * <p>Owns: the record of requests. Thread: the cluster's loop.
 */
final class Interceptions implements Interceptor {
  private final List<Interception> staged = new ArrayList<>();
  private long lastNumber;

  /** Set when the cluster's loop exists, before the first request can come. */
  private @Nullable Parts parts;

  private record Parts(Loop loop, Awaiting awaiting, RequestLog requests) {}

  void startOn(Loop loop, Awaiting awaiting, RequestLog requests) {
    parts = new Parts(loop, awaiting, requests);
  }

  FaultPoint point(@Nullable ApiKey api) {
    return FaultPoint.of(api, this::stage);
  }

  private Interception stage(Interception interception) {
    Parts mine = parts();
    interception.stagedAt(mine.loop, mine.awaiting);
    mine.loop.run(() -> staged.add(interception));
    return interception;
  }

  /** Takes away all that is staged. */
  void clear() {
    staged.clear();
  }

  @Override
  public void onRequest(RequestExchange<?, ?> exchange, Runnable handle) {
    Parts mine = parts();
    SeenRequest request = seen(exchange, mine.loop.nowMillis());
    mine.requests.add(request, exchange.sizeInBytes());
    exchange.onSent(answer -> mine.requests.answered(request, Secretless.of(answer)));
    Fault fault = pick(request);
    if (fault == null) {
      handle.run();
    } else {
      fault.stage(new Staged(exchange, mine.loop), handle);
    }
    mine.awaiting.look();
  }

  private @Nullable Fault pick(SeenRequest request) {
    for (Interception interception : staged) {
      Fault fault = interception.match(request);
      if (fault != null) {
        staged.removeIf(Interception::isUsedUp);
        return fault;
      }
    }
    return null;
  }

  private SeenRequest seen(RequestExchange<?, ?> exchange, long nowMillis) {
    return new SeenRequest(
        ++lastNumber,
        Instant.ofEpochMilli(nowMillis),
        exchange.brokerId(),
        exchange.connectionId(),
        exchange.clientId(),
        exchange.api(),
        exchange.version(),
        exchange.correlationId(),
        Secretless.of(exchange.request()),
        Optional.empty());
  }

  private Parts parts() {
    if (parts == null) {
      throw new IllegalStateException("the cluster has not started");
    }
    return parts;
  }
}
