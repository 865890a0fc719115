package io.ottla;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.HostPort;
import io.ottla.config.MetadataKeys;
import io.ottla.config.OptionTable;
import java.time.Duration;
import java.util.List;

/** The options of a {@link Cluster}, checked when they are built. Immutable. */
public sealed class ClusterOptions extends ConnectionOptions permits ProducerOptions {
  private static final Duration UNKNOWN_AFTER = Duration.ofSeconds(5);
  private static final Duration UNKNOWN_AFTER_CREATION = Duration.ofSeconds(10);

  ClusterOptions(Setters<?> from) {
    super(from);
    if (values.find(ConnectionKeys.BOOTSTRAP_SERVERS).isEmpty()) {
      throw values.refusal(
          ConnectionKeys.BOOTSTRAP_SERVERS, ConnectionKeys.BOOTSTRAP_SERVERS.accepted());
    }
  }

  /** Options that are all at their defaults, but for the bootstrap servers, which have none. */
  public static Builder builder() {
    return new Builder();
  }

  /** The brokers that are asked first. */
  public List<HostPort> bootstrapServers() {
    return values.get(ConnectionKeys.BOOTSTRAP_SERVERS);
  }

  /** How often a call is tried again; -1 for as often as its time allows. */
  public int retries() {
    return values.get(ConnectionKeys.CLUSTER_RETRIES);
  }

  /** How long all attempts of a call may take together. */
  public Duration callTimeout() {
    return values.get(ConnectionKeys.CALL_TIMEOUT);
  }

  /** The pause before a call's second attempt; it doubles with each further one. */
  public Duration retryBackoff() {
    return values.get(ConnectionKeys.RETRY_BACKOFF);
  }

  /** The longest pause between the attempts of a call. */
  public Duration retryBackoffMost() {
    return values.get(ConnectionKeys.RETRY_BACKOFF_MAX);
  }

  /** After how long what is known of the cluster is asked again. */
  public Duration metadataMaxAge() {
    return values.get(MetadataKeys.MAX_AGE);
  }

  /** After how long without use a topic is forgotten. */
  public Duration metadataMaxIdle() {
    return values.get(MetadataKeys.MAX_IDLE);
  }

  /** After how long without an answer from any broker the bootstrap servers are asked again. */
  public Duration rebootstrapAfter() {
    return values.get(MetadataKeys.REBOOTSTRAP_AFTER);
  }

  /** How long a topic that brokers do not know is asked for before it counts as missing. */
  public Duration unknownTopicAfter() {
    return values
        .find(MetadataKeys.UNKNOWN_AFTER)
        .orElse(createsTopics() ? UNKNOWN_AFTER_CREATION : UNKNOWN_AFTER);
  }

  /** Whether a topic that does not exist is created when it is needed, if brokers do that. */
  public boolean createsTopics() {
    return values.find(MetadataKeys.CREATES_TOPICS).orElse(false);
  }

  /**
   * Collects the options of a cluster, or of what stands on one.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Setters<B extends Setters<B>>
      extends ConnectionOptions.Builder<B> permits Builder, ProducerBuilder {
    Setters(OptionTable table) {
      super(table);
    }

    /**
     * {@code bootstrap.servers}; must be given.
     *
     * @param value {@code host:port}, divided by commas
     */
    public B bootstrapServers(String value) {
      return read(ConnectionKeys.BOOTSTRAP_SERVERS, value);
    }

    /** {@code bootstrap.servers}; must be given. */
    public B bootstrapServers(List<HostPort> value) {
      return with(ConnectionKeys.BOOTSTRAP_SERVERS, value);
    }

    /** {@code retries}; default -1, as often as the call's time allows. */
    public B retries(int value) {
      return with(ConnectionKeys.CLUSTER_RETRIES, value);
    }

    /** {@code call.timeout}; default 60 s. All attempts of a call together. */
    public B callTimeout(Duration value) {
      return with(ConnectionKeys.CALL_TIMEOUT, value);
    }

    /** {@code retry.backoff}; default 100 ms. Doubles with each attempt of a call. */
    public B retryBackoff(Duration value) {
      return with(ConnectionKeys.RETRY_BACKOFF, value);
    }

    /** {@code retry.backoff.max}; default 1 s. */
    public B retryBackoffMost(Duration value) {
      return with(ConnectionKeys.RETRY_BACKOFF_MAX, value);
    }

    /** {@code metadata.max.age}; default 5 min. */
    public B metadataMaxAge(Duration value) {
      return with(MetadataKeys.MAX_AGE, value);
    }

    /** {@code metadata.max.idle}; default 5 min. */
    public B metadataMaxIdle(Duration value) {
      return with(MetadataKeys.MAX_IDLE, value);
    }

    /** {@code metadata.rebootstrap.after}; default 5 min. */
    public B rebootstrapAfter(Duration value) {
      return with(MetadataKeys.REBOOTSTRAP_AFTER, value);
    }

    /** {@code topics.unknown.after}; default 5 s, 10 s if asking creates topics. */
    public B unknownTopicAfter(Duration value) {
      return with(MetadataKeys.UNKNOWN_AFTER, value);
    }

    /** {@code topics.create}; default true for a producer, else false. */
    public B createsTopics(boolean value) {
      return with(MetadataKeys.CREATES_TOPICS, value);
    }
  }

  /** Collects options; each setter replaces the last value. Of one thread at a time. */
  public static final class Builder extends Setters<Builder> {
    private Builder() {
      super(OptionTable.CLUSTER);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Checks every option.
     *
     * @throws io.ottla.error.ConfigException naming the option, its value, where it was given, and
     *     what it may be
     */
    public ClusterOptions build() {
      return new ClusterOptions(this);
    }
  }
}
