package io.ottla;

import io.ottla.error.ConfigException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link Broker}, checked when they are built. Immutable.
 *
 * <p>Durations are kept to the millisecond, sizes are bytes.
 */
public final class BrokerOptions {
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final String clientId;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration idleTimeout;
  private final int maxFrameBytes;
  private final boolean tcpNoDelay;
  private final boolean keepAlive;
  private final @Nullable Integer sendBufferBytes;
  private final @Nullable Integer receiveBufferBytes;
  private final @Nullable Duration userTimeout;
  private final @Nullable InetSocketAddress localAddress;
  private final int keepResults;

  private BrokerOptions(Builder from) {
    clientId = clientId(from.clientId);
    connectTimeout = duration("connect.timeout", from.connectTimeout, MILLISECOND);
    requestTimeout = duration("request.timeout", from.requestTimeout, MILLISECOND);
    idleTimeout = duration("idle.timeout", from.idleTimeout, Duration.ZERO);
    maxFrameBytes = size("max.frame", from.maxFrameBytes, 1024);
    tcpNoDelay = from.tcpNoDelay;
    keepAlive = from.keepAlive;
    sendBufferBytes = optionalSize("send.buffer", from.sendBufferBytes);
    receiveBufferBytes = optionalSize("receive.buffer", from.receiveBufferBytes);
    userTimeout =
        from.userTimeout == null
            ? null
            : duration("tcp.user.timeout", from.userTimeout, MILLISECOND);
    localAddress = localAddress(from.localAddress);
    keepResults = (int) range("keep.results", from.keepResults, 0, Integer.MAX_VALUE);
  }

  /** Options that are all at their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The name by which the broker's logs and quotas know this client. */
  public String clientId() {
    return clientId;
  }

  /** The longest that opening a connection may take, name lookup and handshake included. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** How long a request waits for its response unless it says otherwise. */
  public Duration requestTimeout() {
    return requestTimeout;
  }

  /** After how long without a request the connection is closed; zero for never. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** The largest response that is read. */
  public int maxFrameBytes() {
    return maxFrameBytes;
  }

  /** Whether small requests leave at once (Nagle's algorithm off). */
  public boolean tcpNoDelay() {
    return tcpNoDelay;
  }

  /** Whether the operating system probes an idle connection. */
  public boolean keepAlive() {
    return keepAlive;
  }

  /** The socket's send buffer; empty for the operating system's choice. */
  public OptionalInt sendBufferBytes() {
    return sendBufferBytes == null ? OptionalInt.empty() : OptionalInt.of(sendBufferBytes);
  }

  /** The socket's receive buffer; empty for the operating system's choice. */
  public OptionalInt receiveBufferBytes() {
    return receiveBufferBytes == null ? OptionalInt.empty() : OptionalInt.of(receiveBufferBytes);
  }

  /** How long sent bytes may stay unacknowledged before the connection counts as dead. */
  public Optional<Duration> userTimeout() {
    return Optional.ofNullable(userTimeout);
  }

  /** The address that connections come from; empty for the operating system's choice. */
  public Optional<InetSocketAddress> localAddress() {
    return Optional.ofNullable(localAddress);
  }

  /** How many results wait at most for {@link Broker#readResponses}; 0: none are kept. */
  public int keepResults() {
    return keepResults;
  }

  private static String clientId(String value) {
    if (value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > Short.MAX_VALUE) {
      throw new ConfigException("client.id", value, "a text of at most 32767 bytes in UTF-8");
    }
    return value;
  }

  private static Duration duration(String key, Duration value, Duration shortest) {
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new ConfigException(
          key, value.toString(), shortest.toMillis() + " to " + LONGEST.toMillis() + " ms");
    }
    return Duration.ofMillis(value.toMillis());
  }

  private static @Nullable Integer optionalSize(String key, @Nullable Long value) {
    return value == null ? null : size(key, value, 1);
  }

  private static int size(String key, long value, int smallest) {
    return (int) range(key, value, smallest, Integer.MAX_VALUE - 8);
  }

  private static long range(String key, long value, long lowest, long highest) {
    if (value < lowest || value > highest) {
      throw new ConfigException(key, Long.toString(value), lowest + " to " + highest);
    }
    return value;
  }

  private static @Nullable InetSocketAddress localAddress(@Nullable InetSocketAddress value) {
    if (value != null && value.isUnresolved()) {
      throw new ConfigException(
          "local.address", value.toString(), "an address of this machine, not a name");
    }
    return value;
  }

  /** Collects options; each setter replaces the last value. Of one thread at a time. */
  public static final class Builder {
    private String clientId = "ottla";
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ofMinutes(9);
    private long maxFrameBytes = 100L << 20;
    private boolean tcpNoDelay = true;
    private boolean keepAlive = true;
    private @Nullable Long sendBufferBytes;
    private @Nullable Long receiveBufferBytes;
    private @Nullable Duration userTimeout;
    private @Nullable InetSocketAddress localAddress;
    private long keepResults;

    private Builder() {}

    /** {@code client.id}; default {@code ottla}. */
    public Builder clientId(String value) {
      clientId = value;
      return this;
    }

    /** {@code connect.timeout}; default 10 s. Divided among the host's addresses. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /** {@code request.timeout}; default 30 s. */
    public Builder requestTimeout(Duration value) {
      requestTimeout = value;
      return this;
    }

    /** {@code idle.timeout}; default 9 min, a little less than brokers allow. Zero: never. */
    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    /** {@code max.frame}; default 100 MiB, from 1 KiB. A larger response ends the connection. */
    public Builder maxFrameBytes(long value) {
      maxFrameBytes = value;
      return this;
    }

    /** {@code tcp.no.delay}; default true. */
    public Builder tcpNoDelay(boolean value) {
      tcpNoDelay = value;
      return this;
    }

    /** {@code keep.alive}; default true. */
    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    /** {@code send.buffer}; default: the operating system's, which adapts. */
    public Builder sendBufferBytes(long value) {
      sendBufferBytes = value;
      return this;
    }

    /** {@code receive.buffer}; default: the operating system's, which adapts. */
    public Builder receiveBufferBytes(long value) {
      receiveBufferBytes = value;
      return this;
    }

    /** {@code tcp.user.timeout}; default: the operating system's. Linux only; else a warning. */
    public Builder userTimeout(Duration value) {
      userTimeout = value;
      return this;
    }

    /** {@code local.address}; default: the operating system's choice. Port 0 for any. */
    public Builder localAddress(InetSocketAddress value) {
      localAddress = value;
      return this;
    }

    /**
     * {@code keep.results}; default 0. Keeps up to so many results of {@link Broker#produce} for
     * {@link Broker#readResponses}; a call that would exceed it is refused before anything is sent.
     */
    public Builder keepResults(int value) {
      keepResults = value;
      return this;
    }

    /**
     * Checks every option.
     *
     * @throws ConfigException naming the option, its value and what it may be
     */
    public BrokerOptions build() {
      return new BrokerOptions(this);
    }
  }
}
