package io.ottla.internal.net;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Links over real sockets, to scripted servers on this machine. */
@Timeout(30)
abstract class RealLinkTestBase {
  private final SharedRuntime.Lease runtime = SharedRuntime.acquire();
  private final List<BrokerLink> links = new ArrayList<>();

  static ConnectionSettings settings(Duration connectTimeout) {
    return new ConnectionSettings(
        "me",
        connectTimeout.toNanos(),
        Duration.ofSeconds(20).toNanos(),
        0,
        1 << 20,
        SocketSettings.defaults());
  }

  static ConnectionSettings settings() {
    return settings(Duration.ofSeconds(20));
  }

  BrokerLink link(String host, int port, ConnectionSettings settings) {
    BrokerLink link = new BrokerLink(new Endpoint(host, port), settings, Clock.system(), runtime);
    links.add(link);
    return link;
  }

  HeartbeatResponse ask(BrokerLink link) throws Exception {
    return ask(link, Duration.ofSeconds(20));
  }

  HeartbeatResponse ask(BrokerLink link, Duration timeout) throws Exception {
    FutureReply<HeartbeatResponse> reply = new FutureReply<>(runtime.callbacks());
    link.send(Call.of(new HeartbeatRequest().groupId("g"), timeout, Clock.system(), reply).build());
    return reply.future().get(25, TimeUnit.SECONDS);
  }

  Throwable failureOf(BrokerLink link) throws Exception {
    return failureOf(link, Duration.ofSeconds(20));
  }

  Throwable failureOf(BrokerLink link, Duration timeout) throws Exception {
    try {
      throw new AssertionError("was answered: " + ask(link, timeout));
    } catch (ExecutionException expected) {
      return Objects.requireNonNull(expected.getCause());
    }
  }

  /** Tells its versions and answers heartbeats. */
  static void serve(Peer peer) throws IOException {
    peer.tellVersions();
    answerAll(peer);
  }

  static void answerAll(Peer peer) throws IOException {
    while (true) {
      Asked asked = peer.read();
      peer.answer(asked, new HeartbeatResponse());
    }
  }

  static Script serving() {
    return RealLinkTestBase::serve;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (BrokerLink link : links) {
      link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
    }
    runtime.close();
  }
}
