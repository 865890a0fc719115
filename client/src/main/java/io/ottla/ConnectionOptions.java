package io.ottla;

import io.ottla.config.ConnectionKeys;
import io.ottla.config.HostResolver;
import io.ottla.config.Option;
import io.ottla.config.OptionDraft;
import io.ottla.config.OptionTable;
import io.ottla.config.OptionValues;
import io.ottla.config.Proxy;
import io.ottla.security.SaslMechanism;
import io.ottla.security.Tls;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options of everything that connects to brokers. Immutable; secrets do not print.
 *
 * <p>Durations are kept to the millisecond, sizes are bytes.
 */
public abstract sealed class ConnectionOptions permits BrokerOptions, ClusterOptions {
  final OptionValues values;
  private final Security security;
  private final HostResolver resolver;

  ConnectionOptions(Builder<?> from) {
    values = from.draft.build();
    security = Security.of(values, from.tls, from.sasl);
    resolver = from.resolver;
  }

  /** The name by which the brokers' logs and quotas know this client. */
  public String clientId() {
    return values.get(ConnectionKeys.CLIENT_ID);
  }

  /** The longest that opening a connection may take, name lookup and authentication included. */
  public Duration connectTimeout() {
    return values.get(ConnectionKeys.CONNECT_TIMEOUT);
  }

  /** How long one attempt of a request waits for its response. */
  public Duration requestTimeout() {
    return values.get(ConnectionKeys.REQUEST_TIMEOUT);
  }

  /** After how long without a request a connection is closed; zero for never. */
  public Duration idleTimeout() {
    return values.get(ConnectionKeys.IDLE_TIMEOUT);
  }

  /** The largest response that is read. */
  public int maxFrameBytes() {
    return values.get(ConnectionKeys.MAX_FRAME).intValue();
  }

  /** Whether small requests leave at once (Nagle's algorithm off). */
  public boolean tcpNoDelay() {
    return values.get(ConnectionKeys.TCP_NO_DELAY);
  }

  /** Whether the operating system probes an idle connection. */
  public boolean keepAlive() {
    return values.get(ConnectionKeys.KEEP_ALIVE);
  }

  /** The socket's send buffer; empty for the operating system's choice. */
  public OptionalInt sendBufferBytes() {
    return size(ConnectionKeys.SEND_BUFFER);
  }

  /** The socket's receive buffer; empty for the operating system's choice. */
  public OptionalInt receiveBufferBytes() {
    return size(ConnectionKeys.RECEIVE_BUFFER);
  }

  /** How long sent bytes may stay unacknowledged before the connection counts as dead. */
  public Optional<Duration> userTimeout() {
    return values.find(ConnectionKeys.TCP_USER_TIMEOUT);
  }

  /** The address that connections come from; empty for the operating system's choice. */
  public Optional<InetSocketAddress> localAddress() {
    return values.find(ConnectionKeys.LOCAL_ADDRESS);
  }

  /** The proxy through which connections are opened; empty for none. */
  public Optional<Proxy> proxy() {
    return values.find(ConnectionKeys.PROXY);
  }

  /** The pause between attempts to connect, if it is always the same. */
  public Optional<Duration> retryInterval() {
    return values.find(ConnectionKeys.RETRY_INTERVAL);
  }

  /** The pause after the first failed attempt to connect; it doubles with each further one. */
  public Duration reconnectBackoff() {
    return values.get(ConnectionKeys.RECONNECT_BACKOFF);
  }

  /** The longest pause between attempts to connect. */
  public Duration reconnectBackoffMost() {
    return values.get(ConnectionKeys.RECONNECT_BACKOFF_MAX);
  }

  /** How connections are encrypted; empty for not at all. */
  public Optional<Tls> tls() {
    return Optional.ofNullable(security.tls());
  }

  /** How the client says who it is; empty for not by SASL. */
  public Optional<SaslMechanism> sasl() {
    return Optional.ofNullable(security.sasl());
  }

  /** Who finds the addresses of the brokers' hosts. */
  public HostResolver resolver() {
    return resolver;
  }

  /** What was given and has no effect, a sentence each; told in the log when the client opens. */
  public List<String> notes() {
    return Stream.concat(values.notes().stream(), security.notes().stream()).toList();
  }

  /** What was given; secrets are hidden. */
  @Override
  public String toString() {
    return getClass().getSimpleName() + values;
  }

  private OptionalInt size(Option<Long> option) {
    return values.find(option).stream().mapToInt(Long::intValue).findFirst();
  }

  /**
   * Collects options: from code, from maps, from files. What comes later replaces what came before.
   * Of one thread at a time.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits BrokerOptions.Builder, ClusterOptions.Setters {
    private final OptionDraft draft;
    private @Nullable Tls tls;
    private @Nullable SaslMechanism sasl;
    private HostResolver resolver = HostResolver.system();

    Builder(OptionTable table) {
      draft = new OptionDraft(table);
    }

    abstract B self();

    <T> B with(Option<T> option, T value) {
      draft.put(option, value);
      return self();
    }

    <T> B read(Option<T> option, String text) {
      draft.read(option, text);
      return self();
    }

    /**
     * Sets an option by any of its names: Ottla's, Kafka's or librdkafka's.
     *
     * @param key for example {@code request.timeout}, or {@code request.timeout.ms}
     * @param value as one would write it in a file: {@code 30s}, or {@code 30000}
     */
    public B set(String key, String value) {
      draft.set(key, value);
      return self();
    }

    /** Sets options by any of their names. As {@link #load(Map, String)}, from "a map". */
    public B load(Map<?, ?> options) {
      return load(options, "a map");
    }

    /**
     * Sets options by any of their names.
     *
     * @param options texts, numbers, booleans, lists; what other clients know and Ottla has no use
     *     for becomes a note, what nobody knows an error
     * @param from where they come from, for messages
     */
    public B load(Map<?, ?> options, String from) {
      draft.load(options, from);
      return self();
    }

    /**
     * Sets options by any of their names, as {@link #load(Map, String)}.
     *
     * @param properties a file as {@link java.util.Properties} reads it, in UTF-8
     * @throws io.ottla.error.ConfigException if it cannot be read
     */
    public B load(Path properties) {
      draft.load(properties);
      return self();
    }

    /** {@code client.id}; default {@code ottla}. */
    public B clientId(String value) {
      return with(ConnectionKeys.CLIENT_ID, value);
    }

    /** {@code connect.timeout}; default 10 s. Divided among the host's addresses. */
    public B connectTimeout(Duration value) {
      return with(ConnectionKeys.CONNECT_TIMEOUT, value);
    }

    /** {@code request.timeout}; default 30 s. */
    public B requestTimeout(Duration value) {
      return with(ConnectionKeys.REQUEST_TIMEOUT, value);
    }

    /** {@code idle.timeout}; default 9 min, a little less than brokers allow. Zero: never. */
    public B idleTimeout(Duration value) {
      return with(ConnectionKeys.IDLE_TIMEOUT, value);
    }

    /** {@code max.frame}; default 100 MiB, from 1 KiB. A larger response ends the connection. */
    public B maxFrameBytes(long value) {
      return with(ConnectionKeys.MAX_FRAME, value);
    }

    /** {@code tcp.no.delay}; default true. */
    public B tcpNoDelay(boolean value) {
      return with(ConnectionKeys.TCP_NO_DELAY, value);
    }

    /** {@code keep.alive}; default true. */
    public B keepAlive(boolean value) {
      return with(ConnectionKeys.KEEP_ALIVE, value);
    }

    /** {@code send.buffer}; default: the operating system's, which adapts. */
    public B sendBufferBytes(long value) {
      return with(ConnectionKeys.SEND_BUFFER, value);
    }

    /** {@code receive.buffer}; default: the operating system's, which adapts. */
    public B receiveBufferBytes(long value) {
      return with(ConnectionKeys.RECEIVE_BUFFER, value);
    }

    /** {@code tcp.user.timeout}; default: the operating system's. Linux only; else a warning. */
    public B userTimeout(Duration value) {
      return with(ConnectionKeys.TCP_USER_TIMEOUT, value);
    }

    /** {@code local.address}; default: the operating system's choice. Port 0 for any. */
    public B localAddress(InetSocketAddress value) {
      return with(ConnectionKeys.LOCAL_ADDRESS, value);
    }

    /** {@code proxy}; default none. */
    public B proxy(Proxy value) {
      return with(ConnectionKeys.PROXY, value);
    }

    /** {@code retry.interval}; a pause of always the same length in place of one that grows. */
    public B retryInterval(Duration value) {
      return with(ConnectionKeys.RETRY_INTERVAL, value);
    }

    /** {@code reconnect.backoff}; default 50 ms. Doubles with each failed attempt to connect. */
    public B reconnectBackoff(Duration value) {
      return with(ConnectionKeys.RECONNECT_BACKOFF, value);
    }

    /** {@code reconnect.backoff.max}; default 1 s. */
    public B reconnectBackoffMost(Duration value) {
      return with(ConnectionKeys.RECONNECT_BACKOFF_MAX, value);
    }

    /** How connections are encrypted, in place of all {@code tls} options; default: not at all. */
    public B tls(Tls value) {
      tls = value;
      return self();
    }

    /** How the client says who it is, in place of all {@code sasl} options; default: not at all. */
    public B sasl(SaslMechanism value) {
      sasl = value;
      return self();
    }

    /** Who finds the addresses of the brokers' hosts; default: the operating system. */
    public B resolver(HostResolver value) {
      resolver = value;
      return self();
    }
  }
}
