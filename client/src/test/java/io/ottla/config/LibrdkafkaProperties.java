package io.ottla.config;

import java.util.Set;
import java.util.TreeSet;

/** The names that a file for librdkafka may hold, those of topics left out. */
final class LibrdkafkaProperties {
  private static final String NAMES =
      """
      bootstrap.servers metadata.broker.list client.id message.max.bytes message.copy.max.bytes
      receive.message.max.bytes max.in.flight max.in.flight.requests.per.connection builtin.features debug
      enable.metrics.push plugin.library.paths enabled_events opaque default_topic_conf
      internal.termination.signal enable.random.seed
      topic.metadata.refresh.interval.ms metadata.max.age.ms topic.metadata.refresh.fast.interval.ms
      topic.metadata.refresh.sparse topic.metadata.propagation.max.ms topic.blacklist
      allow.auto.create.topics metadata.recovery.strategy metadata.recovery.rebootstrap.trigger.ms
      socket.timeout.ms socket.send.buffer.bytes socket.receive.buffer.bytes socket.keepalive.enable
      socket.nagle.disable socket.max.fails socket.connection.setup.timeout.ms connections.max.idle.ms
      broker.address.ttl broker.address.family client.dns.lookup reconnect.backoff.ms
      reconnect.backoff.max.ms api.version.request api.version.request.timeout.ms api.version.fallback.ms
      broker.version.fallback socket_cb connect_cb closesocket_cb open_cb resolve_cb error_cb throttle_cb
      stats_cb log_cb background_event_cb
      statistics.interval.ms log_level log.queue log.thread.name log.connection.close
      security.protocol ssl.cipher.suites ssl.curves.list ssl.sigalgs.list ssl.key.location ssl.key.password
      ssl.key.pem ssl.certificate.location ssl.certificate.pem ssl.ca.location ssl.ca.pem
      ssl.ca.certificate.stores ssl.crl.location ssl.keystore.location ssl.keystore.password ssl.providers
      ssl.engine.location ssl.engine.id https.ca.location https.ca.pem enable.ssl.certificate.verification
      ssl.endpoint.identification.algorithm ssl.certificate.verify_cb
      sasl.mechanism sasl.mechanisms sasl.kerberos.service.name sasl.kerberos.principal
      sasl.kerberos.kinit.cmd sasl.kerberos.keytab sasl.kerberos.min.time.before.relogin sasl.username
      sasl.password sasl.oauthbearer.config sasl.oauthbearer.method sasl.oauthbearer.client.id
      sasl.oauthbearer.client.secret sasl.oauthbearer.scope sasl.oauthbearer.extensions
      sasl.oauthbearer.token.endpoint.url sasl.oauthbearer.sub.claim.name sasl.oauthbearer.grant.type
      sasl.oauthbearer.assertion.algorithm sasl.oauthbearer.assertion.private.key.file
      sasl.oauthbearer.assertion.private.key.pem sasl.oauthbearer.assertion.private.key.passphrase
      sasl.oauthbearer.assertion.file sasl.oauthbearer.assertion.claim.aud
      sasl.oauthbearer.assertion.claim.exp.seconds sasl.oauthbearer.assertion.claim.iss
      sasl.oauthbearer.assertion.claim.jti.include sasl.oauthbearer.assertion.claim.nbf.seconds
      sasl.oauthbearer.assertion.claim.sub sasl.oauthbearer.assertion.jwt.template.file
      sasl.oauthbearer.metadata.authentication.type enable.sasl.oauthbearer.unsecure.jwt
      oauthbearer_token_refresh_cb
      group.id group.instance.id group.protocol group.remote.assignor partition.assignment.strategy
      session.timeout.ms heartbeat.interval.ms group.protocol.type coordinator.query.interval.ms
      max.poll.interval.ms enable.auto.commit auto.commit.interval.ms enable.auto.offset.store
      queued.min.messages queued.max.messages.kbytes fetch.wait.max.ms fetch.queue.backoff.ms
      fetch.message.max.bytes max.partition.fetch.bytes fetch.max.bytes fetch.min.bytes
      fetch.error.backoff.ms isolation.level enable.partition.eof check.crcs client.rack auto.offset.reset
      consume_cb rebalance_cb offset_commit_cb max.poll.records share.acknowledgement.mode
      acks request.timeout.ms message.timeout.ms delivery.timeout.ms transactional.id transaction.timeout.ms
      enable.idempotence enable.gapless.guarantee queue.buffering.max.messages queue.buffering.max.kbytes
      linger.ms queue.buffering.max.ms retries message.send.max.retries retry.backoff.ms
      retry.backoff.max.ms queue.buffering.backpressure.threshold compression.codec compression.type
      compression.level batch.num.messages batch.size delivery.report.only.error
      sticky.partitioning.linger.ms partitioner queuing.strategy msg_order_cmp dr_cb dr_msg_cb
      """;

  private LibrdkafkaProperties() {}

  static Set<String> names() {
    return new TreeSet<>(java.util.List.of(NAMES.strip().split("\\s+")));
  }
}
