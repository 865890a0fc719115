package io.ottla.testkit.fake;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.testkit.internal.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A record of every request that came to a fake cluster, faults or not.
 *
 * <p>It keeps the latest 100,000 requests, or as many of them as have 128 MB, and counts all. A
 * question about more than it kept fails rather than forget: {@link #clear} now and then in a test
 * that runs for long. Thread-safe.
 */
public final class RequestLog {
  private static final int MAX_KEPT = 100_000;
  private static final long MAX_KEPT_BYTES = 128L << 20;

  private record Kept(SeenRequest request, int bytes) {}

  private final Loop loop;
  private final Awaiting awaiting;
  private final int maxKept;
  private final long maxKeptBytes;

  // The loop's own.
  private final Deque<Kept> requests = new ArrayDeque<>();
  private final Map<Long, SeenRequest> answered = new HashMap<>();
  private final Map<ApiKey, Long> counts = new EnumMap<>(ApiKey.class);
  private long keptBytes;
  private long forgotten;

  RequestLog(Loop loop, Awaiting awaiting) {
    this(loop, awaiting, MAX_KEPT, MAX_KEPT_BYTES);
  }

  RequestLog(Loop loop, Awaiting awaiting, int maxKept, long maxKeptBytes) {
    this.loop = loop;
    this.awaiting = awaiting;
    this.maxKept = maxKept;
    this.maxKeptBytes = maxKeptBytes;
  }

  void add(SeenRequest request, int bytes) {
    requests.add(new Kept(request, bytes));
    keptBytes += bytes;
    counts.merge(request.api(), 1L, Long::sum);
    while (requests.size() > maxKept || keptBytes > maxKeptBytes) {
      Kept oldest = requests.remove();
      answered.remove(oldest.request.number());
      keptBytes -= oldest.bytes;
      forgotten++;
    }
    awaiting.look();
  }

  void answered(SeenRequest request, ResponseMessage response) {
    if (requests.isEmpty() || requests.element().request.number() > request.number()) {
      return; // Nobody can ask for it any more.
    }
    answered.put(request.number(), request.answered(response));
    awaiting.look();
  }

  /**
   * All requests, oldest first.
   *
   * @return a copy
   */
  public List<SeenRequest> all() {
    return where(request -> true);
  }

  /**
   * All requests of one API, oldest first.
   *
   * @param api which
   * @return a copy
   */
  public List<SeenRequest> of(ApiKey api) {
    return where(request -> request.api() == api);
  }

  /**
   * The requests that a test picks, oldest first.
   *
   * @param condition runs on the cluster's thread and must not block
   * @return a copy
   */
  public List<SeenRequest> where(Predicate<SeenRequest> condition) {
    return loop.call(() -> find(condition));
  }

  /**
   * How many requests of an API have come.
   *
   * @param api which
   * @return the count, also of those that are not kept any more
   */
  public long count(ApiKey api) {
    return loop.call(() -> counts.getOrDefault(api, 0L));
  }

  /**
   * Waits until so many requests of an API have come.
   *
   * @param api which
   * @param count how many, since the cluster started or the record was cleared
   * @param patience how long to wait, by the system's time
   * @throws AssertionError if fewer have come by then
   */
  public void await(ApiKey api, long count, Duration patience) {
    awaiting.until(
        () -> counts.getOrDefault(api, 0L) >= count,
        patience,
        () -> "%d of %d %s".formatted(counts.getOrDefault(api, 0L), count, api));
  }

  /**
   * Waits until a request that a test picks has come.
   *
   * @param condition runs on the cluster's thread and must not block
   * @param patience how long to wait, by the system's time
   * @return the first such request
   * @throws AssertionError if none has come by then
   */
  public SeenRequest await(Predicate<SeenRequest> condition, Duration patience) {
    awaiting.until(
        () -> requests.stream().map(kept -> current(kept.request)).anyMatch(condition),
        patience,
        () -> "no such request among " + counts);
    return where(condition).get(0);
  }

  /** Forgets all requests and counts. */
  public void clear() {
    loop.run(
        () -> {
          requests.clear();
          answered.clear();
          counts.clear();
          keptBytes = 0;
          forgotten = 0;
        });
  }

  private List<SeenRequest> find(Predicate<SeenRequest> condition) {
    if (forgotten > 0) {
      throw new IllegalStateException(
          "%d requests came, and only the latest %d are kept; clear() the record in between"
              .formatted(forgotten + requests.size(), requests.size()));
    }
    List<SeenRequest> found = new ArrayList<>();
    for (Kept kept : requests) {
      SeenRequest current = current(kept.request);
      if (condition.test(current)) {
        found.add(current);
      }
    }
    return found;
  }

  private SeenRequest current(SeenRequest request) {
    return answered.getOrDefault(request.number(), request);
  }
}
