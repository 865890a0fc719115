package io.ottla;

import io.ottla.config.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The options of a {@link Cluster}, checked when they are built. Immutable. */
public final class ClusterOptions {
  private final List<HostPort> bootstrapServers;
  private final Duration callTimeout;
  private final Duration retryBackoff;
  private final Duration retryBackoffMost;
  private final Duration metadataMaxAge;
  private final Duration metadataMaxIdle;
  private final Duration rebootstrapAfter;
  private final String clientId;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration idleTimeout;
  private final int maxFrameBytes;
  private final int retries;
  private final Duration reconnectBackoff;
  private final Duration reconnectBackoffMost;

  private ClusterOptions(Builder from) {
    bootstrapServers = List.copyOf(from.bootstrapServers);
    callTimeout = from.callTimeout;
    retryBackoff = from.retryBackoff;
    retryBackoffMost = from.retryBackoffMost;
    metadataMaxAge = from.metadataMaxAge;
    metadataMaxIdle = from.metadataMaxIdle;
    rebootstrapAfter = from.rebootstrapAfter;
    clientId = from.clientId;
    connectTimeout = from.connectTimeout;
    requestTimeout = from.requestTimeout;
    idleTimeout = from.idleTimeout;
    maxFrameBytes = from.maxFrameBytes;
    retries = from.retries;
    reconnectBackoff = from.reconnectBackoff;
    reconnectBackoffMost = from.reconnectBackoffMost;
  }

  /** Options that are all at their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The brokers that are asked first. */
  public List<HostPort> bootstrapServers() {
    return bootstrapServers;
  }

  /** How long all attempts of a call may take together, unless it says otherwise. */
  public Duration callTimeout() {
    return callTimeout;
  }

  /** The pause before the second attempt of a call; it doubles with each further one. */
  public Duration retryBackoff() {
    return retryBackoff;
  }

  /** The longest pause between two attempts of a call. */
  public Duration retryBackoffMost() {
    return retryBackoffMost;
  }

  /** After how long what is known of the cluster is asked again. */
  public Duration metadataMaxAge() {
    return metadataMaxAge;
  }

  /** After how long without use a topic is forgotten. */
  public Duration metadataMaxIdle() {
    return metadataMaxIdle;
  }

  /** After how long without an answer from any broker the bootstrap servers are asked again. */
  public Duration rebootstrapAfter() {
    return rebootstrapAfter;
  }

  /** The name by which the brokers' logs and quotas know this client. */
  public String clientId() {
    return clientId;
  }

  /** The longest that opening a connection may take, name lookup and handshake included. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** How long one attempt waits for its response. */
  public Duration requestTimeout() {
    return requestTimeout;
  }

  /** After how long without a request a connection is closed; zero for never. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** The largest response that is read. */
  public int maxFrameBytes() {
    return maxFrameBytes;
  }

  /** How often a call is tried again; -1: until its time is over. */
  public int retries() {
    return retries;
  }

  /** The pause after the first failed attempt to connect; it doubles with each further one. */
  public Duration reconnectBackoff() {
    return reconnectBackoff;
  }

  /** The longest pause between two attempts to connect. */
  public Duration reconnectBackoffMost() {
    return reconnectBackoffMost;
  }

  /** Collects options; each setter replaces the last value. Of one thread at a time. */
  public static final class Builder {
    private List<HostPort> bootstrapServers = new ArrayList<>();
    private Duration callTimeout = Duration.ofSeconds(60);
    private Duration retryBackoff = Duration.ofMillis(100);
    private Duration retryBackoffMost = Duration.ofSeconds(1);
    private Duration metadataMaxAge = Duration.ofMinutes(5);
    private Duration metadataMaxIdle = Duration.ofMinutes(5);
    private Duration rebootstrapAfter = Duration.ofMinutes(5);
    private String clientId = "ottla";
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofMinutes(9);
    private int maxFrameBytes = 100 << 20;
    private int retries = -1;
    private Duration reconnectBackoff = Duration.ofMillis(50);
    private Duration reconnectBackoffMost = Duration.ofSeconds(1);

    private Builder() {}

    /** {@code bootstrap.servers}: {@code host:port}, divided by commas. */
    public Builder bootstrapServers(String value) {
      bootstrapServers = new ArrayList<>();
      for (String server : value.split(",", -1)) {
        int colon = server.lastIndexOf(':');
        bootstrapServers.add(
            new HostPort(
                server.substring(0, colon).trim(),
                Integer.parseInt(server.substring(colon + 1).trim())));
      }
      return this;
    }

    /** How long all attempts of a call may take together, unless it says otherwise. */
    public Builder callTimeout(Duration value) {
      callTimeout = value;
      return this;
    }

    /** The pause before the second attempt of a call; it doubles with each further one. */
    public Builder retryBackoff(Duration value) {
      retryBackoff = value;
      return this;
    }

    /** The longest pause between two attempts of a call. */
    public Builder retryBackoffMost(Duration value) {
      retryBackoffMost = value;
      return this;
    }

    /** After how long what is known of the cluster is asked again. */
    public Builder metadataMaxAge(Duration value) {
      metadataMaxAge = value;
      return this;
    }

    /** After how long without use a topic is forgotten. */
    public Builder metadataMaxIdle(Duration value) {
      metadataMaxIdle = value;
      return this;
    }

    /** After how long without an answer from any broker the bootstrap servers are asked again. */
    public Builder rebootstrapAfter(Duration value) {
      rebootstrapAfter = value;
      return this;
    }

    /** The name by which the brokers' logs and quotas know this client. */
    public Builder clientId(String value) {
      clientId = value;
      return this;
    }

    /** The longest that opening a connection may take, name lookup and handshake included. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /** How long one attempt waits for its response. */
    public Builder requestTimeout(Duration value) {
      requestTimeout = value;
      return this;
    }

    /** After how long without a request a connection is closed; zero for never. */
    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    /** The largest response that is read. */
    public Builder maxFrameBytes(long value) {
      maxFrameBytes = (int) value;
      return this;
    }

    /** How often a call is tried again; -1: until its time is over. */
    public Builder retries(int value) {
      retries = value;
      return this;
    }

    /** The pause after the first failed attempt to connect; it doubles with each further one. */
    public Builder reconnectBackoff(Duration value) {
      reconnectBackoff = value;
      return this;
    }

    /** The longest pause between two attempts to connect. */
    public Builder reconnectBackoffMost(Duration value) {
      reconnectBackoffMost = value;
      return this;
    }

    /** Checks every option. */
    public ClusterOptions build() {
      return new ClusterOptions(this);
    }
  }
}
