package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.proxy.HttpProxyHandler;
import io.ottla.config.Proxy;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections through proxies, which after their own part play the broker too. */
final class ProxyTest extends RealLinkTestBase {
  private static final String BROKER = "broker.nowhere.example"; // only the proxy knows it

  static {
    // Netty's HTTP codec keeps two buffers for ever: not from within a test, which would miss them.
    assertThat(new HttpProxyHandler(new InetSocketAddress(1))).isNotNull();
  }

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  private BrokerLink through(Proxy proxy) {
    return link(BROKER, 9092, settings().withProxy(proxy));
  }

  /** SOCKS5: greeting, credentials if it wants them, then the request for a name. */
  private Script socks(boolean wantsCredentials, int verdict, int reply) {
    return peer -> {
      byte[] greeting = peer.readBytes(2);
      peer.readBytes(greeting[1]);
      peer.send(new byte[] {5, (byte) (wantsCredentials ? 2 : 0)});
      if (wantsCredentials) {
        peer.readBytes(1);
        heard.add(text(peer, peer.readBytes(1)[0]));
        heard.add(text(peer, peer.readBytes(1)[0]));
        peer.send(new byte[] {1, (byte) verdict});
        if (verdict != 0) {
          peer.readToTheEnd();
          return;
        }
      }
      byte[] head = peer.readBytes(5);
      assertThat(head[3]).as("a name, unresolved").isEqualTo((byte) 3);
      heard.add(text(peer, head[4]));
      peer.readBytes(2);
      peer.send(new byte[] {5, (byte) reply, 0, 1, 0, 0, 0, 0, 0, 0});
      if (reply == 0) {
        serve(peer);
      } else {
        peer.readToTheEnd();
      }
    };
  }

  /** HTTP: the head of a request up to the empty line, then a status. */
  private Script http(String status) {
    return peer -> {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) peer.readBytes(1)[0]);
      }
      heard.add(head.toString());
      peer.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      if (status.startsWith("200")) {
        serve(peer);
      } else {
        peer.readToTheEnd();
      }
    };
  }

  private static String text(Peer peer, int length) throws IOException {
    return new String(peer.readBytes(length), StandardCharsets.UTF_8);
  }

  private static void assertRefused(Throwable failure, String... words) {
    assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.TCP);
    assertThat(failure).hasMessageContainingAll(words);
    assertThat(failure.toString()).doesNotContain("s3cret");
  }

  @Test
  void socks5_resolves_the_broker_s_name() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.playing(socks(false, 0, 0))) {
      BrokerLink link = through(Proxy.socks5("127.0.0.1", proxy.port()));

      assertThat(ask(link).errorCode()).isZero();
      assertThat(heard).containsExactly(BROKER);
    }
  }

  @Test
  void socks5_is_told_who_we_are() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.playing(socks(true, 0, 0))) {
      BrokerLink link =
          through(Proxy.socks5("127.0.0.1", proxy.port()).withCredentials("me", "s3cret"));

      assertThat(ask(link).errorCode()).isZero();
      assertThat(heard).containsExactly("me", "s3cret", BROKER);
    }
  }

  @Test
  void socks5_that_refuses_our_password_is_named() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.playing(socks(true, 1, 0))) {
      Throwable failure =
          failureOf(
              through(Proxy.socks5("127.0.0.1", proxy.port()).withCredentials("me", "s3cret")));

      assertRefused(
          failure,
          BROKER + ":9092",
          "through socks5://127.0.0.1:" + proxy.port(),
          "wants other credentials");
    }
  }

  @Test
  void socks5_that_does_not_reach_the_broker_says_why() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.playing(socks(false, 0, 5))) {
      Throwable failure = failureOf(through(Proxy.socks5("127.0.0.1", proxy.port())));

      assertRefused(failure, "did not connect to " + BROKER + ":9092", "CONNECTION_REFUSED");
    }
  }

  @Test
  void http_connects_with_basic_authentication() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.playing(http("200 OK"))) {
      BrokerLink link =
          through(Proxy.http("127.0.0.1", proxy.port()).withCredentials("me", "s3cret"));

      assertThat(ask(link).errorCode()).isZero();
      String credentials =
          Base64.getEncoder().encodeToString("me:s3cret".getBytes(StandardCharsets.UTF_8));
      assertThat(heard.get(0))
          .startsWith("CONNECT " + BROKER + ":9092 HTTP/1.1")
          .containsIgnoringCase("proxy-authorization: Basic " + credentials);
    }
  }

  @Test
  void http_that_wants_credentials_or_forbids_is_named() throws Exception {
    try (ScriptedServer proxy =
        ScriptedServer.playing(http("407 Proxy Authentication Required"), http("403 Forbidden"))) {
      Proxy plain = Proxy.http("127.0.0.1", proxy.port());

      assertRefused(failureOf(through(plain)), "wants other credentials", "http://127.0.0.1");
      assertRefused(failureOf(through(plain)), "refused: 403 Forbidden");
    }
  }

  @Test
  void a_proxy_that_is_not_there_is_named() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }

    Throwable failure = failureOf(through(Proxy.socks5("127.0.0.1", port)));

    assertRefused(
        failure,
        "through socks5://127.0.0.1:" + port,
        "refused the connection",
        "is the proxy running");
  }

  @Test
  void a_proxy_that_says_nothing_ends_at_the_connect_timeout() throws Exception {
    try (ScriptedServer proxy = ScriptedServer.playing(Peer::readToTheEnd)) {
      ConnectionSettings hurried =
          settings(Duration.ofMillis(200)).withProxy(Proxy.socks5("127.0.0.1", proxy.port()));

      Throwable failure = failureOf(link(BROKER, 9092, hurried));

      assertRefused(failure, "did not connect to " + BROKER + ":9092", "through socks5://");
    }
  }

  @Test
  void a_proxy_prints_no_secret() {
    Proxy proxy = Proxy.http("proxy.example", 3128).withCredentials("me", "s3cret");

    assertThat(proxy).hasToString("http://proxy.example:3128");
    assertThat(settings().withProxy(proxy).toString()).doesNotContain("s3cret");
    assertThat(proxy).isEqualTo(Proxy.http("proxy.example", 3128).withCredentials("me", "s3cret"));
    assertThat(proxy).isNotEqualTo(Proxy.http("proxy.example", 3128));
  }
}
