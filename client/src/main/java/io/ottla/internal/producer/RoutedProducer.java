package io.ottla.internal.producer;

import io.ottla.ProducerOptions;
import io.ottla.error.ConfigException;
import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.RoutedCluster;
import io.ottla.internal.cluster.RoutedFloor;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerChannel;
import io.ottla.producer.ProducerInterceptor;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.Purge;
import io.ottla.producer.TopicOptions;
import io.ottla.producer.TopicProducer;
import io.ottla.serde.Serializer;
import io.ottla.stats.ProducerStats;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer over an {@link Engine}.
 *
 * <p>Owns: the engine, the floor it stands on, and, if it was opened by itself, the cluster: all of
 * these end with it. Thread: any.
 *
 * @param <K> the keys' type
 * @param <V> the values' type
 */
public final class RoutedProducer<K, V> implements Producer<K, V> {
  private static final Logger log = LoggerFactory.getLogger(RoutedProducer.class);
  private static final Duration LINKS_END = Duration.ofMillis(100);
  private static final long END_SECONDS = 5;

  /**
   * What a producer is made of.
   *
   * @param options checked
   * @param listener hears of all records; null for nobody
   */
  public record Making<K, V>(
      ProducerOptions options,
      Serializer<K> keys,
      Serializer<V> values,
      List<ProducerInterceptor<K, V>> interceptors,
      @Nullable DeliveryListener listener) {}

  private final ProducerOptions options;
  private final Engine engine;
  private final Intake<K, V> intake;
  private volatile boolean isClosing;

  private RoutedProducer(Making<K, V> making, RoutedFloor floor, Runnable onClosed) {
    options = making.options();
    Interceptors<K, V> interceptors = new Interceptors<>(making.interceptors());
    boolean isErrorsOnly = options.isErrorsOnly();
    DeliveryListener listener = interceptors.before(making.listener(), isErrorsOnly);
    ProducerSettings settings =
        SettingsOfOptions.of(options, listener, isErrorsOnly && interceptors.isEmpty());
    engine = Engine.open(floor, settings, onClosed);
    intake = new Intake<>(engine, interceptors, making.keys(), making.values(), listener != null);
  }

  /** A producer that closes the cluster when it is closed. */
  public static <K, V> Producer<K, V> open(Making<K, V> making, RoutedCluster cluster) {
    RoutedFloor floor = cluster.floor(making.options().clientId(), true);
    return new RoutedProducer<>(
        making,
        floor,
        () -> {
          end(floor);
          cluster.close(Duration.ZERO);
        });
  }

  /** A producer over a cluster of somebody else's. */
  public static <K, V> Producer<K, V> over(
      Making<K, V> making, RoutedCluster cluster, boolean ownsConnections) {
    making
        .options()
        .notes()
        .forEach(note -> log.info("[{}] {}", making.options().clientId(), note));
    RoutedFloor floor = cluster.floor(making.options().clientId(), ownsConnections);
    return new RoutedProducer<>(making, floor, () -> end(floor));
  }

  /** Nothing is under way any more; what an application is told is told. */
  private static void end(RoutedFloor floor) {
    try {
      floor.close(LINKS_END).get(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException neverMind) {
      log.debug("the connections of {} are closed by and by", floor.clientId(), neverMind);
    }
  }

  @Override
  public String name() {
    return options.clientId();
  }

  @Override
  public CompletableFuture<Delivery> send(ProducerRecord<K, V> record) {
    CompletableFuture<Delivery> future = new CompletableFuture<>();
    try {
      boolean unused = intake.take(Intake.present(record), future, Waiting.BY_OVERFLOW);
    } catch (OttlaException noRoomForItsReport) {
      future.completeExceptionally(noRoomForItsReport);
    }
    return future;
  }

  @Override
  public CompletableFuture<Delivery> send(String topic, @Nullable K key, @Nullable V value) {
    return intake.send(engine.topic(named(topic)), key, value);
  }

  @Override
  public CompletableFuture<Delivery> send(String topic, @Nullable V value) {
    return intake.send(engine.topic(named(topic)), null, value);
  }

  @Override
  public void send(ProducerRecord<K, V> record, DeliveryListener listener) {
    boolean unused = intake.take(Intake.present(record), present(listener), Waiting.BY_OVERFLOW);
  }

  @Override
  public void send(String topic, @Nullable K key, @Nullable V value, DeliveryListener listener) {
    boolean unused = take(topic, key, value, present(listener));
  }

  private boolean take(
      String topic, @Nullable K key, @Nullable V value, DeliveryListener listener) {
    return intake.take(
        engine.topic(named(topic)),
        ProducerRecord.ANY_PARTITION,
        ProducerRecord.NO_TIMESTAMP,
        key,
        value,
        List.of(),
        null,
        listener,
        Waiting.BY_OVERFLOW);
  }

  @Override
  public boolean trySend(ProducerRecord<K, V> record) {
    return intake.take(Intake.present(record), null, Waiting.NEVER);
  }

  @Override
  public boolean trySend(ProducerRecord<K, V> record, DeliveryListener listener) {
    return intake.take(Intake.present(record), present(listener), Waiting.NEVER);
  }

  @Override
  public CompletableFuture<List<DeliveryReport>> sendAll(Collection<ProducerRecord<K, V>> records) {
    return AllReports.of(intake, records);
  }

  @Override
  public ProducerChannel<K, V> channel() {
    return new RoutedChannel<>(intake, () -> isClosing, name());
  }

  @Override
  public Flow.Subscriber<ProducerRecord<K, V>> subscriber() {
    return new RoutedSubscriber<>(engine, intake, () -> isClosing, name());
  }

  @Override
  public TopicProducer<K, V> topic(String topic) {
    return new RoutedTopicProducer<>(intake, engine.topic(named(topic)));
  }

  @Override
  public TopicProducer<K, V> topic(String topic, Consumer<TopicOptions.Builder> configure) {
    TopicOptions.Builder builder = TopicOptions.builder();
    configure.accept(builder);
    TopicOptions own = builder.build();
    options.check(own);
    own.notes().forEach(note -> log.info("[{}] topic {}: {}", name(), topic, note));
    TopicSettings settings = SettingsOfOptions.of(options, Optional.of(own));
    try {
      return new RoutedTopicProducer<>(intake, engine.topic(named(topic), settings));
    } catch (IllegalStateException inUse) {
      throw new ConfigException("topic", topic, inUse.getMessage() + "");
    }
  }

  @Override
  public CompletableFuture<Integer> partitions(String topic) {
    return engine.partitions(named(topic));
  }

  @Override
  public CompletableFuture<Void> flush() {
    return engine.flush();
  }

  @Override
  public CompletableFuture<Void> purge(Purge which) {
    return engine.purge(Objects.requireNonNull(which, "which records to purge is null"));
  }

  @Override
  public ProducerStats stats() {
    return engine.stats();
  }

  @Override
  public void close() {
    close(options.deliveryTimeout());
  }

  @Override
  public void close(Duration timeout) {
    Objects.requireNonNull(timeout, "the time to close is null");
    isClosing = true;
    engine.close(timeout);
  }

  private static String named(@Nullable String topic) {
    return Objects.requireNonNull(topic, "the topic is null");
  }

  private static DeliveryListener present(@Nullable DeliveryListener listener) {
    return Objects.requireNonNull(listener, "the listener is null");
  }

  @Override
  public String toString() {
    return "Producer[" + name() + "]";
  }
}
