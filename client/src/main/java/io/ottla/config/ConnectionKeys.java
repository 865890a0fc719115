package io.ottla.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** The options of connections: whom, how long, how often, through what. */
public final class ConnectionKeys {
  /** Where a cluster is found. */
  public static final Option<List<HostPort>> BOOTSTRAP_SERVERS =
      Option.named("bootstrap.servers", new HostPorts())
          .of(Scope.CLUSTER)
          .both("bootstrap.servers")
          .librdkafka("metadata.broker.list")
          .without("must be given: there is no broker that everybody has")
          .is("The brokers that are asked first. One that answers is enough to find all others.");

  /** Who we are, for logs and quotas. */
  public static final Option<String> CLIENT_ID =
      Option.named("client.id", Texts.upTo(Short.MAX_VALUE))
          .both("client.id")
          .fallback("ottla", "says at least what the program is made of")
          .is("The name by which the brokers' logs and quotas know this client.");

  /** The longest that opening a connection may take. */
  public static final Option<Duration> CONNECT_TIMEOUT =
      Option.named("connect.timeout", Durations.positive())
          .both("socket.connection.setup.timeout.ms")
          .fallback(Duration.ofSeconds(10), "as Kafka's")
          .is(
              "The longest that opening a connection may take, from the name lookup to the end of"
                  + " the authentication; divided among the host's addresses.");

  /** The longest that a broker may leave a request unanswered. */
  public static final Option<Duration> REQUEST_TIMEOUT =
      Option.named("request.timeout", Durations.positive())
          .perTopic()
          .kafka("request.timeout.ms")
          .librdkafka("socket.timeout.ms")
          .fallback(
              Duration.ofSeconds(30), "as Kafka's; longer than a broker waits for its replicas")
          .is("How long one attempt of a request waits for its response.");

  /** The longest that a call may take, all attempts together. */
  public static final Option<Duration> CALL_TIMEOUT =
      Option.named("call.timeout", Durations.positive())
          .of(Scope.CLUSTER)
          .kafka("default.api.timeout.ms")
          .fallback(
              Duration.ofSeconds(60), "as Kafka's; one broker that hangs does not use all of it up")
          .is(
              "How long all attempts of a call may take together, finding the right broker"
                  + " included.");

  /** When an unused connection is closed. */
  public static final Option<Duration> IDLE_TIMEOUT =
      Option.named("idle.timeout", Durations.orZero())
          .kafka("connections.max.idle.ms", Alias::negativeIsZero)
          .librdkafka("connections.max.idle.ms")
          .fallback(Duration.ofMinutes(9), "a little less than the 10 min that brokers allow")
          .is("After how long without a request a connection is closed; 0 for never.");

  /** The largest response. */
  public static final Option<Long> MAX_FRAME =
      Option.named("max.frame", new Sizes(1024))
          .librdkafka("receive.message.max.bytes")
          .fallback(100L << 20, "as brokers limit requests; twice what a fetch asks for")
          .is("The largest response that is read; a larger one ends the connection.");

  /** How often a broker is dialled again while calls wait. */
  public static final Option<Integer> BROKER_RETRIES =
      Option.named("retries", new Integers(-1, Integer.MAX_VALUE))
          .of(Scope.BROKER)
          .both("retries")
          .librdkafka("message.send.max.retries")
          .fallback(0, "there is one broker: whoever asked wants to know that it is away")
          .is(
              "How many further attempts to connect a waiting call lives through before it fails;"
                  + " -1 for all that its time allows.");

  /** How often a call is tried again. */
  public static final Option<Integer> CLUSTER_RETRIES =
      Option.named("retries", new Integers(-1, Integer.MAX_VALUE))
          .of(Scope.CLUSTER)
          .both("retries")
          .librdkafka("message.send.max.retries")
          .fallback(-1, "time is what a caller runs out of, not attempts")
          .is(
              "How often a call, or a producer's batch, is tried again after a failure that may"
                  + " pass; -1 for as often as its time allows.");

  /** A fixed pause between attempts to connect. */
  public static final Option<Duration> RETRY_INTERVAL =
      Option.named("retry.interval", Durations.positive())
          .without("the pause grows from reconnect.backoff to reconnect.backoff.max")
          .is("A pause of always the same length between attempts to connect.");

  /** The first pause between attempts to connect. */
  public static final Option<Duration> RECONNECT_BACKOFF =
      Option.named("reconnect.backoff", Durations.positive())
          .both("reconnect.backoff.ms")
          .fallback(Duration.ofMillis(50), "as Kafka's; a broker that restarts is found at once")
          .is(
              "The pause after the first failed attempt to connect; it doubles with each further"
                  + " one, and is varied by 20 % so that clients do not come all at once.");

  /** The longest pause between attempts to connect. */
  public static final Option<Duration> RECONNECT_BACKOFF_MAX =
      Option.named("reconnect.backoff.max", Durations.positive())
          .both("reconnect.backoff.max.ms")
          .fallback(Duration.ofSeconds(1), "as Kafka's; or reconnect.backoff, if that is longer")
          .is("The longest pause between attempts to connect.");

  /** The first pause between the attempts of a call. */
  public static final Option<Duration> RETRY_BACKOFF =
      Option.named("retry.backoff", Durations.positive())
          .of(Scope.CLUSTER)
          .both("retry.backoff.ms")
          .fallback(Duration.ofMillis(100), "as Kafka's; an election takes about as long")
          .is(
              "The pause before the second attempt of a call or a producer's batch; it doubles with"
                  + " each further one, and is varied by 20 %.");

  /** The longest pause between the attempts of a call. */
  public static final Option<Duration> RETRY_BACKOFF_MAX =
      Option.named("retry.backoff.max", Durations.positive())
          .of(Scope.CLUSTER)
          .both("retry.backoff.max.ms")
          .fallback(Duration.ofSeconds(1), "as Kafka's; or retry.backoff, if that is longer")
          .is("The longest pause between the attempts of a call.");

  /** Whether small requests leave at once. */
  public static final Option<Boolean> TCP_NO_DELAY =
      Option.named("tcp.no.delay", new Booleans())
          .librdkafka("socket.nagle.disable")
          .fallback(true, "a request that waits for company is late; requests are batched already")
          .is("Whether small requests leave at once (Nagle's algorithm off).");

  /** Whether idle connections are probed. */
  public static final Option<Boolean> KEEP_ALIVE =
      Option.named("keep.alive", new Booleans())
          .librdkafka("socket.keepalive.enable")
          .fallback(true, "a firewall that forgets a connection does not say so")
          .is("Whether the operating system probes an idle connection.");

  /** The socket's send buffer. */
  public static final Option<Long> SEND_BUFFER =
      Option.named("send.buffer", new Sizes(1))
          .kafka("send.buffer.bytes", Alias::systemsChoice)
          .librdkafka("socket.send.buffer.bytes", Alias::systemsChoice)
          .without("the operating system's choice, which adapts")
          .is("The socket's send buffer.");

  /** The socket's receive buffer. */
  public static final Option<Long> RECEIVE_BUFFER =
      Option.named("receive.buffer", new Sizes(1))
          .kafka("receive.buffer.bytes", Alias::systemsChoice)
          .librdkafka("socket.receive.buffer.bytes", Alias::systemsChoice)
          .without("the operating system's choice, which adapts")
          .is("The socket's receive buffer.");

  /** How long sent bytes may stay unacknowledged. */
  public static final Option<Duration> TCP_USER_TIMEOUT =
      Option.named("tcp.user.timeout", Durations.positive())
          .without("the operating system's choice")
          .is(
              "How long sent bytes may stay unacknowledged before the connection counts as dead."
                  + " Linux only; elsewhere a warning says that it has no effect.");

  /** Where connections come from. */
  public static final Option<InetSocketAddress> LOCAL_ADDRESS =
      Option.named("local.address", new LocalAddresses())
          .without("the operating system's choice")
          .is("The address that connections come from.");

  /** Through what connections are opened. */
  public static final Option<Proxy> PROXY =
      Option.named("proxy", new Proxies())
          .secret()
          .without("none; the brokers are connected to directly")
          .is("A SOCKS5 or HTTP proxy through which all connections are opened.");

  /** How many results are kept to be read. */
  public static final Option<Integer> KEEP_RESULTS =
      Option.named("keep.results", new Integers(0, Integer.MAX_VALUE))
          .of(Scope.BROKER)
          .fallback(0, "what nobody reads is not kept")
          .is(
              "How many results of `produce` are kept at most for `readResponses`; a call that"
                  + " would exceed it is refused before anything is sent.");

  static final List<Option<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          CLIENT_ID,
          CONNECT_TIMEOUT,
          REQUEST_TIMEOUT,
          CALL_TIMEOUT,
          IDLE_TIMEOUT,
          MAX_FRAME,
          BROKER_RETRIES,
          CLUSTER_RETRIES,
          RETRY_INTERVAL,
          RECONNECT_BACKOFF,
          RECONNECT_BACKOFF_MAX,
          RETRY_BACKOFF,
          RETRY_BACKOFF_MAX,
          TCP_NO_DELAY,
          KEEP_ALIVE,
          SEND_BUFFER,
          RECEIVE_BUFFER,
          TCP_USER_TIMEOUT,
          LOCAL_ADDRESS,
          PROXY,
          KEEP_RESULTS);

  static final List<Relation> RELATIONS =
      List.of(
          Relation.atMost(REQUEST_TIMEOUT, CALL_TIMEOUT),
          Relation.atMost(RECONNECT_BACKOFF, RECONNECT_BACKOFF_MAX),
          Relation.atMost(RETRY_BACKOFF, RETRY_BACKOFF_MAX),
          Relation.notTogether(RETRY_INTERVAL, RECONNECT_BACKOFF),
          Relation.notTogether(RETRY_INTERVAL, RECONNECT_BACKOFF_MAX));

  private ConnectionKeys() {}
}
