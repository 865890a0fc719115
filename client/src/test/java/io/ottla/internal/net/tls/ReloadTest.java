package io.ottla.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import io.ottla.error.ClosedException;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.tls.EchoClient.Conversation;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.pki.Authority;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import io.ottla.watch.Warnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of connections when certificates change on the disk. */
@Timeout(120)
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"JDK", "OPENSSL"})
class ReloadTest extends TlsTestBase {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Authority NEXT = new Authority("the next authority");

  @Parameter TlsEngine engine = TlsEngine.AUTO;
  @TempDir Path directory = Path.of("");

  private final ManualClock clock = new ManualClock();

  /** Reads of files wait here until a test lets them run; tasks of handshakes run elsewhere. */
  private final Queue<Runnable> reads = new ArrayDeque<>();

  @Test
  void changed_files_serve_the_next_connection_and_the_open_ones_live_on() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    TlsContexts contexts = contexts(Tls.builder().trust(trust));
    EchoClient client = closing(new EchoClient(contexts));
    int now = server().port();
    int then = closing(EchoServer.tls(NEXT.server("localhost"))).port();
    Conversation open = client.open("localhost", now);
    assertThat(client.explained("localhost", then)).contains("CN=the next authority, is not among");

    Files.writeString(trust, NEXT.pem());
    clock.advance(INTERVAL);
    assertThat(client.explained("localhost", then)).contains("is not among"); // has it looked for
    runReads();

    assertThat(client.echo("localhost", then)).isEqualTo("ping");
    assertThat(client.explained("localhost", now)).contains("CN=the test authority, is not among");
    assertThat(open.say("still here")).isEqualTo("still here");
    open.close();
  }

  @Test
  void files_are_read_on_no_thread_but_that_for_it_and_once_per_interval() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    EchoClient client = closing(new EchoClient(contexts(Tls.builder().trust(trust))));
    int port = server().port();
    Files.delete(trust);

    clock.advance(INTERVAL.minusNanos(1));
    client.echo("localhost", port);
    assertThat(reads).isEmpty();
    clock.advance(Duration.ofNanos(1));
    client.echo("localhost", port);
    client.echo("localhost", port);
    assertThat(reads).hasSize(1);

    runReads();
    assertThat(warnings()).singleElement().asString().contains("there is no such file");
    assertThat(client.echo("localhost", port)).isEqualTo("ping");
  }

  @Test
  void a_new_certificate_whose_key_is_still_the_old_one_is_not_used() throws Exception {
    X509Bundle first = AUTHORITY.client("first");
    X509Bundle second = AUTHORITY.client("second");
    Path chain = Files.writeString(directory.resolve("c.pem"), first.getCertificatePathPEM());
    Path key = Files.writeString(directory.resolve("k.pem"), first.getPrivateKeyPEM());
    TlsContexts contexts = contexts(Tls.builder().trustPem(AUTHORITY.pem()).key(chain, key, null));
    EchoClient client = closing(new EchoClient(contexts));
    EchoServer server = mutual();

    Files.writeString(chain, second.getCertificatePathPEM());
    lookAgain(contexts);
    lookAgain(contexts);
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains(
            "connections go on with what was read before: tls.key = " + key,
            "this key does not belong to the certificate of CN=second in " + chain);
    assertThat(client.echo("localhost", server.port())).isEqualTo("ping");

    Files.writeString(key, second.getPrivateKeyPEM());
    lookAgain(contexts);
    assertThat(client.echo("localhost", server.port())).isEqualTo("ping");
    assertThat(server.clients).containsExactly("CN=first", "CN=second");
  }

  @Test
  void each_broken_content_is_warned_of_once_and_then_mended() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    TlsContexts contexts = contexts(Tls.builder().trust(trust));
    EchoClient client = closing(new EchoClient(contexts));
    int port = server().port();

    for (String broken : List.of(NEXT.pem().substring(0, 200), "", "not PEM")) {
      Files.writeString(trust, broken);
      lookAgain(contexts);
      lookAgain(contexts);
      assertThat(warnings()).hasSize(1);
      assertThat(client.echo("localhost", port)).isEqualTo("ping");
    }
    Files.writeString(trust, NEXT.pem());
    lookAgain(contexts);

    assertThat(client.explained("localhost", port)).contains("is not among those in tls.trust");
  }

  @Test
  void a_directory_that_is_swapped_by_a_link_is_noticed() throws Exception {
    // As Kubernetes does it: ca.pem -> ..data/ca.pem, ..data -> ..1, renamed over to ..2
    Files.createDirectory(directory.resolve("..1"));
    Files.createDirectory(directory.resolve("..2"));
    Files.writeString(directory.resolve("..1/ca.pem"), AUTHORITY.pem());
    Files.writeString(directory.resolve("..2/ca.pem"), NEXT.pem());
    Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
    Path trust = Files.createSymbolicLink(directory.resolve("ca.pem"), Path.of("..data/ca.pem"));
    TlsContexts contexts = contexts(Tls.builder().trust(trust));
    EchoClient client = closing(new EchoClient(contexts));
    int port = closing(EchoServer.tls(NEXT.server("localhost"))).port();

    Path swap = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
    Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
    lookAgain(contexts);

    assertThat(client.echo("localhost", port)).isEqualTo("ping");
  }

  @Test
  void sessions_are_resumed_as_long_as_the_content_is_the_same() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    TlsContexts contexts = contexts(Tls.builder().trust(trust));
    EchoClient client = closing(new EchoClient(contexts));
    EchoServer server = server();

    client.echo("localhost", server.port());
    Files.writeString(trust, AUTHORITY.pem()); // touched
    lookAgain(contexts);
    client.echo("localhost", server.port());
    assertThat(server.sessionsMade.stream().distinct()).hasSize(1);

    Files.writeString(trust, AUTHORITY.pem() + NEXT.pem());
    lookAgain(contexts);
    client.echo("localhost", server.port());
    client.echo("localhost", server.port());
    assertThat(server.sessionsMade.stream().distinct()).hasSize(2);
  }

  @Test
  void a_timer_looks_without_any_use() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    BlockingQueue<Runnable> handed = new LinkedBlockingQueue<>();
    Tls tls = how(Tls.builder().trust(trust).reloadInterval(Duration.ofMillis(1)));
    TlsContexts contexts = closing(TlsContexts.of(tls, clock, handed::add, timer));
    Files.writeString(trust, "not PEM");

    for (int i = 0; i < 2; i++) {
      Runnable look = handed.poll(50, TimeUnit.SECONDS);
      assertThat(look).isNotNull();
      look.run();
    }
    contexts.close();
    timer.shutdown();

    assertThat(warnings()).hasSize(1);
    assertThat(timer.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void the_shared_runtime_looks_without_any_use() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    Tls tls = how(Tls.builder().trust(trust).reloadInterval(Duration.ofMillis(1)));

    try (SharedRuntime.Lease runtime = SharedRuntime.acquire();
        TlsContexts contexts = TlsContexts.of(tls, clock, runtime);
        EchoClient client = new EchoClient(contexts)) {
      int port = closing(EchoServer.tls(NEXT.server("localhost"))).port();
      Files.writeString(trust, NEXT.pem());
      await()
          .atMost(Duration.ofSeconds(50))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(client.echo("localhost", port)).isEqualTo("ping"));
    }
    assertThat(warnings()).hasSizeLessThan(2); // one, if it looked while that was written
  }

  @Test
  void with_an_interval_of_zero_and_with_inline_texts_nothing_is_read_again() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    EchoClient never =
        closing(new EchoClient(contexts(Tls.builder().trust(trust).reloadInterval(Duration.ZERO))));
    EchoClient inline = closing(new EchoClient(contexts(Tls.builder().trustPem(AUTHORITY.pem()))));
    int port = server().port();

    clock.advance(Duration.ofDays(2));
    never.echo("localhost", port);
    inline.echo("localhost", port);

    assertThat(reads).isEmpty();
  }

  @Test
  void what_is_read_after_the_close_is_let_go_and_nothing_more_is_made() throws Exception {
    Path trust = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    TlsContexts contexts = contexts(Tls.builder().trust(trust));
    EchoClient client = closing(new EchoClient(contexts));
    Files.writeString(trust, NEXT.pem());
    clock.advance(INTERVAL);
    Conversation open = client.open("localhost", server().port());

    contexts.close();
    runReads();
    contexts.close();

    Endpoint peer = new Endpoint("localhost", 1);
    assertThatThrownBy(() -> contexts.newHandler(ByteBufAllocator.DEFAULT, peer))
        .isInstanceOf(ClosedException.class);
    assertThat(open.say("still here")).isEqualTo("still here");
    open.close();
  }

  private Tls how(Tls.Builder options) {
    return options.engine(engine).build();
  }

  private TlsContexts contexts(Tls.Builder options) {
    return closing(
        TlsContexts.of(
            how(options),
            clock,
            task -> {
              boolean isRead = task.getClass().getName().contains(Reload.class.getSimpleName());
              if (isRead) {
                reads.add(task);
              } else {
                tasks().execute(task);
              }
            }));
  }

  private void lookAgain(TlsContexts contexts) {
    contexts.look();
    runReads();
  }

  private void runReads() {
    assertThat(reads).hasSize(1);
    reads.remove().run();
  }

  private EchoServer mutual() {
    return closing(
        EchoServer.tls(
            BROKER,
            how ->
                how.clientAuth(ClientAuth.REQUIRE)
                    .trustManager(AUTHORITY.bundle().getCertificate())));
  }

  private static List<String> warnings() {
    return Warnings.take(line -> line.contains("tls: the files changed"));
  }

  private static final class ManualClock implements Clock {
    private final AtomicLong nanos = new AtomicLong();

    void advance(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public long wallMillis() {
      return 1_700_000_000_000L + TimeUnit.NANOSECONDS.toMillis(nanos.get());
    }
  }
}
