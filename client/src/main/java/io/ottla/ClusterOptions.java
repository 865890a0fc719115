package io.ottla;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.HostPort;
import io.ottla.config.MetadataKeys;
import io.ottla.config.OptionTable;
import java.time.Duration;
import java.util.List;

/** The options of a {@link Cluster}, checked when they are built. Immutable. */
public final class ClusterOptions extends ConnectionOptions {
  private ClusterOptions(Builder from) {
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

  /** Collects options; each setter replaces the last value. Of one thread at a time. */
  public static final class Builder extends ConnectionOptions.Builder<Builder> {
    private Builder() {
      super(OptionTable.CLUSTER);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * {@code bootstrap.servers}; must be given.
     *
     * @param value {@code host:port}, divided by commas
     */
    public Builder bootstrapServers(String value) {
      return read(ConnectionKeys.BOOTSTRAP_SERVERS, value);
    }

    /** {@code bootstrap.servers}; must be given. */
    public Builder bootstrapServers(List<HostPort> value) {
      return with(ConnectionKeys.BOOTSTRAP_SERVERS, value);
    }

    /** {@code retries}; default -1, as often as the call's time allows. */
    public Builder retries(int value) {
      return with(ConnectionKeys.CLUSTER_RETRIES, value);
    }

    /** {@code call.timeout}; default 60 s. All attempts of a call together. */
    public Builder callTimeout(Duration value) {
      return with(ConnectionKeys.CALL_TIMEOUT, value);
    }

    /** {@code retry.backoff}; default 100 ms. Doubles with each attempt of a call. */
    public Builder retryBackoff(Duration value) {
      return with(ConnectionKeys.RETRY_BACKOFF, value);
    }

    /** {@code retry.backoff.max}; default 1 s. */
    public Builder retryBackoffMost(Duration value) {
      return with(ConnectionKeys.RETRY_BACKOFF_MAX, value);
    }

    /** {@code metadata.max.age}; default 5 min. */
    public Builder metadataMaxAge(Duration value) {
      return with(MetadataKeys.MAX_AGE, value);
    }

    /** {@code metadata.max.idle}; default 5 min. */
    public Builder metadataMaxIdle(Duration value) {
      return with(MetadataKeys.MAX_IDLE, value);
    }

    /** {@code metadata.rebootstrap.after}; default 5 min. */
    public Builder rebootstrapAfter(Duration value) {
      return with(MetadataKeys.REBOOTSTRAP_AFTER, value);
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
