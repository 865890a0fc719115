package io.ottla.config;

import java.time.Duration;
import java.util.List;

/** The options of what a client knows about its cluster. */
public final class MetadataKeys {
  /** When what is known is asked again. */
  public static final Option<Duration> MAX_AGE =
      Option.named("metadata.max.age", Durations.positive())
          .of(Scope.CLUSTER)
          .kafka("metadata.max.age.ms")
          .librdkafka("topic.metadata.refresh.interval.ms")
          .fallback(Duration.ofMinutes(5), "as Kafka's; errors and hints of brokers come sooner")
          .is(
              "After how long what is known of the cluster is asked again though nothing is"
                  + " wrong.");

  /** When an unused topic is forgotten. */
  public static final Option<Duration> MAX_IDLE =
      Option.named("metadata.max.idle", Durations.positive())
          .of(Scope.CLUSTER)
          .kafka("metadata.max.idle.ms")
          .fallback(Duration.ofMinutes(5), "as Kafka's producers")
          .is("After how long without use a topic is forgotten, and not asked for any more.");

  /** When the bootstrap servers are asked again. */
  public static final Option<Duration> REBOOTSTRAP_AFTER =
      Option.named("metadata.rebootstrap.after", Durations.orZero())
          .of(Scope.CLUSTER)
          .both("metadata.recovery.rebootstrap.trigger.ms")
          .fallback(Duration.ofMinutes(5), "as Kafka's (KIP-1102)")
          .is(
              "After how long without an answer from any broker it knows a client begins anew with"
                  + " its bootstrap servers.");

  /** When a topic that brokers do not know is believed not to exist. */
  public static final Option<Duration> UNKNOWN_AFTER =
      Option.named("topics.unknown.after", Durations.orZero())
          .of(Scope.CLUSTER)
          .librdkafka("topic.metadata.propagation.max.ms")
          .without("5 s; 10 s if asking creates topics, as with producers: that takes its time")
          .is(
              "How long a topic that brokers do not know is asked for before it counts as missing:"
                  + " it may have been created a moment ago.");

  /** Whether topics are created by being asked for. */
  public static final Option<Boolean> CREATES_TOPICS =
      Option.named("topics.create", new Booleans())
          .of(Scope.CLUSTER)
          .both("allow.auto.create.topics")
          .without("true for a producer, as Kafka's; false for all others: who looks makes nothing")
          .is(
              "Whether a topic that does not exist is created when it is needed, if brokers do that"
                  + " (`auto.create.topics.enable`). A producer that shares a cluster has the"
                  + " cluster's.");

  static final List<Option<?>> ALL =
      List.of(MAX_AGE, MAX_IDLE, REBOOTSTRAP_AFTER, UNKNOWN_AFTER, CREATES_TOPICS);

  private MetadataKeys() {}
}
