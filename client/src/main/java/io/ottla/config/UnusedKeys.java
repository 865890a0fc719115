package io.ottla.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of Kafka's clients and of librdkafka that Ottla understands, and has no option for. They
 * stand in many files; most deserve a note, a few an error.
 */
final class UnusedKeys {
  private static final Map<String, UnusedKey> KEYS = new TreeMap<>();

  /** What to say of these to a producer in particular. */
  private static final Map<String, UnusedKey> PRODUCERS = new TreeMap<>();

  private static final String PRODUCERS_ONLY =
      "dr_cb dr_msg_cb enable.gapless.guarantee message.copy.max.bytes msg_order_cmp"
          + " partitioner.adaptive.partitioning.enable partitioner.availability.timeout.ms"
          + " queue.buffering.backpressure.threshold queue.buffering.max.messages queuing.strategy"
          + " sticky.partitioning.linger.ms transaction.timeout.ms"
          + " transaction.two.phase.commit.enable transactional.id";

  private static final String CODE_FROM_A_FILE =
      "no class is loaded because a file names it; hand an object of yours to the client's builder";

  static {
    clients();
    connections();
    security();
    producers();
  }

  private UnusedKeys() {}

  /** What to say of a name that a client of this scope is told. */
  static @Nullable UnusedKey find(String name, Scope scope) {
    UnusedKey ofProducers = scope == Scope.PRODUCER ? PRODUCERS.get(name) : null;
    return ofProducers == null ? find(name) : ofProducers;
  }

  private static @Nullable UnusedKey find(String name) {
    UnusedKey exact = KEYS.get(name);
    if (exact != null) {
      return exact;
    }
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      UnusedKey prefix = KEYS.get(name.substring(0, dot) + ".*");
      if (prefix != null) {
        return prefix;
      }
    }
    return null;
  }

  static Set<String> names() {
    return new HashSet<>(KEYS.keySet());
  }

  static Collection<UnusedKey> ofProducers() {
    return PRODUCERS.values();
  }

  static Collection<UnusedKey> all() {
    return KEYS.values();
  }

  private static void clients() {
    note("it is an option of producers", PRODUCERS_ONLY);
    note(
        "it is an option of consumers",
        "auto.commit.interval.ms auto.offset.reset check.crcs client.rack"
            + " consume_cb coordinator.query.interval.ms enable.auto.commit"
            + " enable.auto.offset.store enable.partition.eof exclude.internal.topics"
            + " fetch.error.backoff.ms fetch.max.bytes fetch.max.wait.ms fetch.message.max.bytes"
            + " fetch.min.bytes fetch.queue.backoff.ms fetch.wait.max.ms group.id"
            + " group.instance.id group.protocol group.protocol.type group.remote.assignor"
            + " heartbeat.interval.ms internal.throw.on.fetch.stable.offset.unsupported"
            + " isolation.level max.partition.fetch.bytes max.poll.interval.ms max.poll.records"
            + " offset_commit_cb partition.assignment.strategy queued.max.messages.kbytes"
            + " queued.min.messages rebalance.timeout.ms rebalance_cb session.timeout.ms"
            + " share.acknowledgement.mode share.acquire.mode");
    note(
        "how records become bytes is told to producers and consumers, in code",
        "key.deserializer key.serializer value.deserializer value.serializer");
    note(
        "the schema registry is another server, with a client of its own",
        "basic.auth.* schema.registry.*");
  }

  /** What a producer is told of those that are its own; they replace what others are told. */
  private static void producers() {
    producers("", false, "a listener is handed over in code", "dr_cb dr_msg_cb");
    producers("", false, "memory bounds what waits", "queue.buffering.max.messages");
    producers(
        "",
        false,
        "batches fill while requests are under way, whatever their number",
        "queue.buffering.backpressure.threshold message.copy.max.bytes");
    producers("fifo", false, "records leave in the order in which they came", "queuing.strategy");
    producers("", false, "records leave in the order in which they came", "msg_order_cmp");
    producers(
        "true",
        false,
        "records without a key always go where batches drain fast",
        "partitioner.adaptive.partitioning.enable");
    producers(
        "",
        false,
        "a partition that fails is left out for partition.recovery.time",
        "partitioner.availability.timeout.ms");
    producers(
        "",
        false,
        "records without a key go to one partition until its batch is full",
        "sticky.partitioning.linger.ms");
    producers(
        "false",
        true,
        "no client can keep all records from failing; look at the reports",
        "enable.gapless.guarantee");
    producers("", true, "Ottla has no transactions yet", "transactional.id");
    producers(
        "",
        false,
        "Ottla has no transactions yet",
        "transaction.timeout.ms transaction.two.phase.commit.enable");
  }

  private static void producers(String harmless, boolean isRefusal, String why, String names) {
    enter(PRODUCERS, harmless, isRefusal, why, names);
  }

  private static void connections() {
    note(
        "Ottla has no metrics of this kind",
        "auto.include.jmx.reporter enable.metrics.push metric.reporters metrics.context.*"
            + " metrics.num.samples metrics.recording.level metrics.sample.window.ms"
            + " statistics.interval.ms stats_cb");
    note(
        "objects and functions are handed over in code",
        "background_event_cb closesocket_cb connect_cb default_topic_conf error_cb"
            + " interceptor.classes log_cb oauthbearer_token_refresh_cb opaque open_cb"
            + " plugin.library.paths resolve_cb socket_cb ssl.certificate.verify_cb throttle_cb");
    note(
        "logging is set up where the program's logging is, by SLF4J",
        "builtin.features debug enabled_events internal.termination.signal log.connection.close"
            + " log.queue log.thread.name log_level");
    note(
        "metadata is asked for when it is needed, of the topics in use",
        "topic.blacklist topic.metadata.refresh.fast.interval.ms"
            + " topic.metadata.refresh.sparse");
    note(
        "addresses are looked up for every connection, and all of them are tried",
        "broker.address.family broker.address.ttl");
    note(
        "every version of Kafka is understood without being told",
        "api.version.fallback.ms api.version.request.timeout.ms broker.version.fallback");
    note("brokers find the controller", "bootstrap.controllers");
    note("connect.timeout does not grow", "socket.connection.setup.timeout.max.ms");
    note("the program's HTTP client trusts whom the JVM trusts", "https.ca.location https.ca.pem");
    note("one failed request ends nothing", "socket.max.fails");
    note("there is no randomness to be repeated", "enable.random.seed");
    harmless("use_all_dns_ips", "all addresses of a name are tried", "client.dns.lookup");
    harmless(
        "rebootstrap",
        "when no broker answers the bootstrap servers are asked again",
        "metadata.recovery.strategy");
    harmless("true", "brokers are always asked for their versions", "api.version.request");
    refusal(
        "values are taken as they stand; look them up and hand over a map",
        "config.providers config.providers.*");
  }

  private static void security() {
    note(
        "the JDK's choice, or tls.engine's",
        "ssl.keymanager.algorithm ssl.protocol ssl.secure.random.implementation"
            + " ssl.trustmanager.algorithm");
    note(
        "tickets and tokens are renewed ahead of their end",
        "sasl.kerberos.kinit.cmd sasl.kerberos.min.time.before.relogin"
            + " sasl.kerberos.ticket.renew.jitter sasl.kerberos.ticket.renew.window.factor"
            + " sasl.login.refresh.buffer.seconds sasl.login.refresh.min.period.seconds"
            + " sasl.login.refresh.window.factor sasl.login.refresh.window.jitter");
    note(
        "it is the broker that looks at what is in a token",
        "sasl.oauthbearer.clock.skew.seconds sasl.oauthbearer.expected.audience"
            + " sasl.oauthbearer.expected.issuer sasl.oauthbearer.jwks.endpoint.refresh.ms"
            + " sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms"
            + " sasl.oauthbearer.jwks.endpoint.retry.backoff.ms"
            + " sasl.oauthbearer.jwks.endpoint.url sasl.oauthbearer.jwt.validator.class"
            + " sasl.oauthbearer.scope.claim.name sasl.oauthbearer.sub.claim.name");
    refusal(
        CODE_FROM_A_FILE,
        "sasl.client.callback.handler.class sasl.login.class ssl.engine.factory.class"
            + " ssl.engine.location ssl.engine.id");
    refusal(
        "org.apache.kafka.common.security.oauthbearer.oauthbearerlogincallbackhandler"
            + " org.apache.kafka.common.security.oauthbearer.secured.oauthbearerlogincallbackhandler",
        CODE_FROM_A_FILE,
        "sasl.login.callback.handler.class");
    refusal(
        "oidc",
        "tokens that nobody has signed are for tests; a program may hand over tokens of its own",
        "sasl.oauthbearer.method");
    refusal(
        "false",
        "tokens that nobody has signed are for tests; a program may hand over tokens of its own",
        "enable.sasl.oauthbearer.unsecure.jwt sasl.oauthbearer.config");
    refusal(
        "none",
        "a token endpoint is asked, or a file read; a program may hand over tokens of its own",
        "sasl.oauthbearer.metadata.authentication.type");
    refusal(
        "Ottla signs no assertions; name a file that holds one under"
            + " sasl.oauthbearer.assertion.file",
        "sasl.oauthbearer.assertion.private.key.file sasl.oauthbearer.assertion.private.key.pem"
            + " sasl.oauthbearer.assertion.private.key.passphrase");
    note(
        "Ottla signs no assertions",
        "sasl.oauthbearer.assertion.algorithm sasl.oauthbearer.assertion.claim.aud"
            + " sasl.oauthbearer.assertion.claim.exp.seconds"
            + " sasl.oauthbearer.assertion.claim.iss sasl.oauthbearer.assertion.claim.jti.include"
            + " sasl.oauthbearer.assertion.claim.nbf.seconds"
            + " sasl.oauthbearer.assertion.claim.sub"
            + " sasl.oauthbearer.assertion.jwt.template.file"
            + " sasl.oauthbearer.assertion.template.file");
    refusal(
        "security providers are set up for the whole JVM, in its java.security",
        "security.providers ssl.provider ssl.providers");
    refusal("lists of revoked certificates are not read", "ssl.crl.location");
    refusal(
        "curves and signatures are limited for the whole JVM, by jdk.tls.namedGroups and"
            + " jdk.tls.disabledAlgorithms",
        "ssl.curves.list ssl.sigalgs.list");
    refusal(
        "name a file under tls.trust; the JVM's own list is trusted if none is named",
        "ssl.ca.certificate.stores");
    refusal(
        "true",
        "certificates are always verified; name the one that is to be trusted under tls.trust",
        "enable.ssl.certificate.verification");
  }

  private static void note(String why, String names) {
    enter("", false, why, names);
  }

  private static void harmless(String value, String why, String names) {
    enter(value, false, why, names);
  }

  private static void refusal(String why, String names) {
    enter("", true, why, names);
  }

  private static void refusal(String harmless, String why, String names) {
    enter(harmless, true, why, names);
  }

  private static void enter(String harmless, boolean isRefusal, String why, String names) {
    enter(KEYS, harmless, isRefusal, why, names);
  }

  private static void enter(
      Map<String, UnusedKey> keys, String harmless, boolean isRefusal, String why, String names) {
    for (String name : names.split(" ", -1)) {
      Set<String> silent = harmless.isEmpty() ? Set.of() : Set.of(harmless.split(" ", -1));
      keys.put(name, new UnusedKey(name, silent, isRefusal, why));
    }
  }
}
