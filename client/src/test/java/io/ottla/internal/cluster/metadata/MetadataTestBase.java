package io.ottla.internal.cluster.metadata;

import static io.ottla.internal.cluster.metadata.Answers.answer;
import static io.ottla.internal.cluster.metadata.Answers.led;
import static io.ottla.internal.cluster.metadata.Answers.orders;
import static io.ottla.internal.cluster.metadata.Answers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.protocol.message.MetadataResponse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** Metadata whose brokers a test answers for. Time moves when a test moves it. */
abstract class MetadataTestBase {
  static final Duration LONG = Duration.ofSeconds(30);

  static final MetadataResponse ORDERS = answer(orders(led(0, 1, 5), led(1, 2, 5)));

  final ManualLoop loop = new ManualLoop();

  final AskedBrokers.AboutMetadata brokers = new AskedBrokers.AboutMetadata();

  Metadata metadata = open(MetadataSettings.defaults());

  @AfterEach
  void nothing_is_left() {
    assertThat(brokers.mostAtOnce).as("questions at once").isLessThanOrEqualTo(1);
    metadata.close();
    loop.run();
    assertThat(loop.timers()).as("timers left").isZero();
  }

  Metadata open(MetadataSettings settings) {
    return new Metadata(brokers, settings, loop, loop, new SplittableRandom(42), "test");
  }

  static MetadataSettings creating() {
    MetadataSettings safe = MetadataSettings.defaults();
    return new MetadataSettings(
        safe.maxAgeNanos(),
        safe.maxIdleNanos(),
        safe.backoffFirstNanos(),
        safe.backoffMostNanos(),
        safe.attemptTimeoutNanos(),
        safe.unknownTopicPatienceNanos(),
        safe.rebootstrapTriggerNanos(),
        true);
  }

  void brokersKnown() {
    brokers(LONG);
    brokers.answer(answer());
  }

  void use(String... topics) {
    for (String topic : topics) {
      assertThat(metadata.view().topic(topic)).isNotNull();
    }
  }

  /** Answers all questions alike, with time passing, until the future is done. */
  void answerAll(CompletableFuture<ClusterView> future, MetadataResponse response) {
    while (!future.isDone()) {
      if (brokers.isAsked()) {
        brokers.answer(response);
      } else {
        loop.pass(Duration.ofMillis(10).toNanos());
      }
    }
  }

  void answerFor(Duration time, MetadataResponse response) {
    long endNanos = loop.nanoTime() + time.toNanos();
    while (loop.nanoTime() < endNanos) {
      if (brokers.isAsked()) {
        brokers.answer(response);
      }
      loop.pass(Duration.ofSeconds(1).toNanos());
    }
  }

  /** Lets time pass until a question is there, ten minutes at most. */
  long millisUntilAsked() {
    long start = loop.nanoTime();
    while (!brokers.isAsked() && loop.nanoTime() - start < Duration.ofMinutes(10).toNanos()) {
      loop.pass(Duration.ofMillis(1).toNanos());
    }
    return Duration.ofNanos(loop.nanoTime() - start).toMillis();
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> topics(String... names) {
    return topics(LONG, names);
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> topics(Duration time, String... names) {
    return metadata.topics(List.of(names), deadline(time));
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> refresh(String... names) {
    return refresh(LONG, names);
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> refresh(Duration time, String... names) {
    return metadata.refresh(List.of(names), deadline(time));
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> leader(String topic, int partition) {
    return leader(topic, partition, LONG);
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> leader(String topic, int partition, Duration time) {
    return metadata.leader(topic, partition, deadline(time));
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> brokers(Duration time) {
    return metadata.brokers(deadline(time));
  }

  @CanIgnoreReturnValue
  CompletableFuture<ClusterView> controller(Duration time) {
    return metadata.controller(deadline(time));
  }

  long deadline(Duration time) {
    return loop.nanoTime() + time.toNanos();
  }
}
