package io.ottla;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.ConfigException;
import io.ottla.internal.broker.Fetching;
import io.ottla.internal.broker.KeptResults;
import io.ottla.internal.broker.Producing;
import io.ottla.internal.broker.Requests;
import io.ottla.internal.broker.UnderWay;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker out of a link and what writes and reads over it. Assembles and delegates, nothing more.
 *
 * <p>Owns: the link, and a lease of the process's loops until the link is closed. Thread: any.
 */
final class SingleBroker implements Broker {
  private static final Logger log = LoggerFactory.getLogger(SingleBroker.class);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private final BrokerOptions options;
  private final SharedRuntime.Lease runtime;
  private final Connecting connecting;
  private final BrokerLink link;
  private final Requests requests;
  private final Producing producing;
  private final Fetching fetching;
  private final @Nullable KeptResults kept;
  private final UnderWay underWay;
  private final Clock clock = Clock.system();

  private SingleBroker(Endpoint endpoint, BrokerOptions options, SharedRuntime.Lease runtime) {
    this.options = options;
    this.runtime = runtime;
    kept = options.keepResults() == 0 ? null : new KeptResults(options.keepResults());
    connecting = Connecting.of(options, options.retries(), clock, runtime);
    link = new BrokerLink(endpoint, connecting.settings(), clock, runtime);
    underWay = new UnderWay(endpoint.toString());
    requests = new Requests(link, clock, runtime.callbacks());
    producing = new Producing(requests, kept);
    fetching = new Fetching(requests, options.requestTimeout(), options.maxFrameBytes());
    options.notes().forEach(note -> log.info("[{}|{}] {}", options.clientId(), endpoint, note));
  }

  static Broker open(String host, int port, BrokerOptions options) {
    if (host.isBlank()) {
      throw new ConfigException("host", "'" + host + "'", "a name or an address");
    }
    if (port < 1 || port > 65_535) {
      throw new ConfigException("port", Integer.toString(port), "1 to 65535");
    }
    SharedRuntime.Lease runtime = SharedRuntime.acquire();
    try {
      return new SingleBroker(new Endpoint(host, port), options, runtime);
    } catch (ConfigException notAsItWas) {
      runtime.close();
      throw notAsItWas;
    }
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(RequestMessage<R> request) {
    return request(request, options.requestTimeout());
  }

  @Override
  public <R extends ResponseMessage> CompletableFuture<R> request(
      RequestMessage<R> request, Duration timeout) {
    return underWay.isClosed()
        ? CompletableFuture.failedFuture(underWay.refusal())
        : requests.send(request, positive(timeout));
  }

  @Override
  public CompletableFuture<List<ProduceResult>> produce(
      List<ProducerRecord<byte[], byte[]>> records,
      Acks acks,
      Duration timeout,
      Compression compression) {
    return underWay.run(() -> producing.produce(records, acks, positive(timeout), compression));
  }

  @Override
  public List<ProduceResult> readResponses(Duration timeout) {
    if (kept == null) {
      throw new IllegalStateException(
          "no results are kept; set keepResults when the broker is opened, or use produce's"
              + " future");
    }
    return kept.take(timeout);
  }

  @Override
  public CompletableFuture<List<FetchResult>> fetch(
      List<FetchPosition> positions, FetchLimits limits) {
    return underWay.run(() -> fetching.fetch(positions, limits));
  }

  @Override
  public CompletableFuture<BrokerVersions> versions() {
    return underWay.run(() -> requests.versions().thenApply(SingleBroker::versions));
  }

  @Override
  public BrokerOptions options() {
    return options;
  }

  @Override
  public void close() {
    close(options.requestTimeout());
  }

  @Override
  public void close(Duration timeout) {
    long timeoutNanos = (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
    long startNanos = clock.nanoTime();
    awaitCalls(timeoutNanos);
    long leftNanos = timeoutNanos - (clock.nanoTime() - startNanos);
    boolean isHurried = Thread.currentThread().isInterrupted() || leftNanos < 0;
    link.close(isHurried ? Duration.ZERO : Duration.ofNanos(leftNanos)).join();
    connecting.close();
    if (kept != null) {
      kept.close();
    }
    runtime.close();
  }

  /** Calls that are accepted may still have requests to make; the link takes them meanwhile. */
  private void awaitCalls(long timeoutNanos) {
    try {
      underWay.close().get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException late) {
      log.debug("[{}|{}] calls are under way at the end", options.clientId(), link.endpoint());
    } catch (ExecutionException never) {
      throw new IllegalStateException("the end of all calls is never a failure", never);
    }
  }

  /** Whether a connection is open now. */
  boolean isConnected() {
    return link.versions() != null;
  }

  @Override
  public String toString() {
    return "Broker[" + link.endpoint() + "]";
  }

  private static Duration positive(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a timeout of " + timeout + " is not in 1 ns to " + LONGEST.toMillis() + " ms");
    }
    return timeout;
  }

  private static BrokerVersions versions(PeerVersions peer) {
    Map<ApiKey, BrokerVersions.Range> ranges = new EnumMap<>(ApiKey.class);
    peer.ranges()
        .forEach(
            (key, range) ->
                ranges.put(key, new BrokerVersions.Range(range.lowest(), range.highest())));
    return new BrokerVersions(ranges, peer.isAssumed());
  }
}
