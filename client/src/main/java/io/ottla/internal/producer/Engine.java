package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.runtime.Clock;
import io.ottla.producer.Overflow;
import io.ottla.producer.Purge;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Header;
import io.ottla.stats.ProducerStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer of records that are serialized already: assembles its rooms, and is the way into them.
 *
 * <p>Owns: the topics' queues, the memory, the reports, and the network half. Thread: any. Always:
 * each record that was taken has exactly one report.
 */
final class Engine {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final ClusterFloor floor;
  private final ProducerSettings settings;
  private final Memory memory;
  private final ProducerMeter meter;
  private final Reports reports;
  private final Refusals refusals;
  private final Rounds rounds;
  private final Ticker ticker;
  private final Ground ground;
  private final Pressure pressure;
  private final Acceptance acceptance;
  private final Departures departures;
  private final Closing closing;
  private final Map<String, TopicQueue> topics = new ConcurrentHashMap<>();

  private Engine(ClusterFloor floor, ProducerSettings settings, Runnable onClosed) {
    this.floor = floor;
    this.settings = settings;
    Clock clock = floor.clock();
    memory = new Memory(settings.memoryBytes());
    meter = new ProducerMeter(settings.clientId(), clock);
    reports = new Reports(settings, new Told());
    refusals = new Refusals(reports, meter);
    rounds = new Rounds(floor.loop());
    Ends ends = new Ends(rounds, reports, meter, clock);
    departures = new Departures(floor, settings, ends, memory, meter, this::refuseTaken, topics);
    ticker = new Ticker(floor.loop(), clock, departures::onReady);
    Sealing sealing = new Sealing(floor.sealers(), floor.loop(), memory, ends);
    AwayGate away =
        new AwayGate(
            departures::awaySinceNanos, settings.overflowAfterNanos(), memory::isClosed, clock);
    ground =
        new Ground(
            floor.loop(),
            clock,
            memory,
            BufferPool.direct(settings.memoryBytes()),
            ticker,
            sealing,
            rounds,
            new Signals(floor.loop(), departures::onReady),
            away);
    pressure = new Pressure(floor.loop(), memory, departures::openBytes, departures::ripenAll);
    Room room = new Room(memory, reports, meter, clock, floor.loop(), ends, away, pressure::onFull);
    acceptance = new Acceptance(ticker, memory, room, meter, refusals);
    closing = new Closing(floor, this::flush, departures, rounds, reports, onClosed);
  }

  /** Opens one; it connects with the first record. */
  static Engine open(ClusterFloor floor, ProducerSettings settings, Runnable onClosed) {
    Engine engine = new Engine(floor, settings, onClosed);
    engine.departures.start();
    return engine;
  }

  /** A topic, by its name, legal or not. */
  TopicQueue topic(String name) {
    TopicQueue known = topics.get(name);
    return known != null ? known : open(name, settings.topics());
  }

  /**
   * A topic with settings of its own.
   *
   * @throws IllegalStateException if it has others already
   */
  TopicQueue topic(String name, TopicSettings own) {
    TopicQueue topic = open(name, own);
    if (!topic.settings().equals(own)) {
      throw new IllegalStateException(
          "topic " + name + " is in use with other options; give them before its first record");
    }
    return topic;
  }

  private TopicQueue open(String name, TopicSettings itsSettings) {
    OttlaException refusal = TopicNames.refusal(name);
    if (refusal != null) {
      return new TopicQueue(ground, name, itsSettings, meter, refusal);
    }
    TopicQueue topic =
        topics.computeIfAbsent(name, key -> new TopicQueue(ground, key, itsSettings, meter, null));
    if (closing.isClosing()) {
      topic.close(); // it came too late to be closed with the others
    }
    return topic;
  }

  /**
   * Takes a record.
   *
   * @param partition its number, or −1
   * @param timestampMs its time, or −1 for now
   * @param ticket see {@link Ticket}
   * @return whether it was taken, and has, or will have, one report; only a {@link Waiting} other
   *     than {@code BY_OVERFLOW} lets it be false
   */
  boolean append(
      TopicQueue topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      List<Header> headers,
      @Nullable Object ticket,
      Waiting waiting) {
    return acceptance.append(
        topic,
        partition,
        timestampMs,
        key,
        keyOffset,
        keyLength,
        value,
        valueOffset,
        valueLength,
        headers,
        ticket,
        waiting);
  }

  /** Reports a record that failed before it could be appended. */
  void refuse(
      String topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      @Nullable Object ticket,
      OttlaException why) {
    TopicQueue known = topics.get(topic);
    Overflow overflow = (known == null ? settings.topics() : known.settings()).overflow();
    refusals.add(
        overflow,
        new Reports.Refusal(topic, partition, timestampMs, key, value, headers, ticket, why));
  }

  /** Reports a record that failed after it was taken. */
  private void refuseTaken(
      String topic,
      int partition,
      long timestampMs,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers,
      @Nullable Object ticket,
      OttlaException why) {
    refusals.addTaken(
        new Reports.Refusal(topic, partition, timestampMs, key, value, headers, ticket, why));
  }

  /** See {@code Producer.flush}. */
  CompletableFuture<Void> flush() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    onLoop(
        () ->
            departures.flush(
                () -> rounds.whenOver(() -> reports.afterAll(() -> done.complete(null)))),
        () -> done.complete(null));
    return done;
  }

  /** See {@code Producer.purge}. */
  CompletableFuture<Void> purge(Purge which) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    onLoop(
        () ->
            departures.purge( // the round ends first: what comes meanwhile is waited for by nobody
                which, () -> rounds.whenOver(() -> reports.afterAll(() -> done.complete(null)))),
        () -> done.complete(null));
    return done;
  }

  /** See {@code Producer.close}. */
  void close(Duration timeout) {
    if (closing.begin()) {
      log.info("[{}] closing", settings.clientId());
      memory.close();
      topics.values().forEach(TopicQueue::close);
    }
    closing.end(timeout);
  }

  /** See {@code Producer.stats}. */
  ProducerStats stats() {
    return meter.snapshot(new ProducerMeter.Held(memory.taken(), memory.limit(), memory.waiting()));
  }

  /** See {@code Producer.partitions}. */
  CompletableFuture<Integer> partitions(String topic) {
    OttlaException refusal = TopicNames.refusal(topic);
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    long deadline = floor.clock().nanoTime() + settings.topics().deliveryTimeoutNanos();
    CompletableFuture<Integer> count = new CompletableFuture<>();
    CompletableFuture<Void> unused =
        floor
            .metadata()
            .topics(List.of(topic), deadline)
            .handle(
                (view, failure) -> {
                  TopicView found = view == null ? null : view.topic(topic);
                  OttlaException why = view == null ? null : view.refusal(topic);
                  floor
                      .callbacks()
                      .execute(
                          () -> {
                            if (found != null && why == null) {
                              count.complete(found.partitionCount());
                            } else {
                              count.completeExceptionally(
                                  why != null ? why : Staging.typed(topic, failure));
                            }
                          });
                  return null;
                });
    return count;
  }

  /** How much room there is, in bytes of the memory. */
  long roomBytes() {
    return Math.max(0, memory.limit() - memory.taken());
  }

  /** Runs once, on any thread but the loop and soon, when half of the memory is free. */
  void onRoom(Runnable then) {
    pressure.onFull();
    memory.onRoom(
        () -> {
          try {
            floor.callbacks().execute(then);
          } catch (RejectedExecutionException afterTheLastClose) {
            // Nobody is left who could send.
          }
        });
  }

  private void onLoop(Runnable task, Runnable otherwise) {
    try {
      floor.loop().execute(task);
    } catch (RejectedExecutionException afterTheLastClose) {
      otherwise.run();
    }
  }

  /** What the reports tell. */
  private final class Told implements Reports.Tally {
    @Override
    public void onReported(int records) {}

    @Override
    public void onRefusalReported(Reports.Refusal refusal) {
      refusals.onReported(refusal);
    }
  }
}
