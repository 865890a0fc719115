package io.ottla.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.net.BrokerLink;
import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.Reply;
import io.ottla.internal.net.SocketSettings;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.ManualLoop;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.testkit.fake.FakeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way to a broker that moves. */
final class ChannelTest {
  private final FakeCluster before = FakeCluster.builder().brokers(1).start();
  private final FakeCluster after = FakeCluster.builder().brokers(1).start();
  private final SharedRuntime.Lease runtime = SharedRuntime.acquire();
  private final Loop loop = runtime.loop();
  private final List<Endpoint> opened = new ArrayList<>(); // on the loop
  private final OwnLinks links = new OwnLinks(this::open, loop, Clock.system());

  private BrokerLink open(Endpoint where) {
    opened.add(where);
    return new BrokerLink(where, settings(), Clock.system(), runtime, loop);
  }

  private static ConnectionSettings settings() {
    long second = Duration.ofSeconds(1).toNanos();
    return new ConnectionSettings(
        "test", 10 * second, 10 * second, 0, 1 << 20, SocketSettings.defaults());
  }

  @AfterEach
  void close() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    loop.execute(
        () -> {
          CompletableFuture<Void> unused =
              links.close(Duration.ZERO).whenComplete((done, failure) -> end.complete(null));
        });
    get(end);
    runtime.close();
    before.close();
    after.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static BrokerNode at(FakeCluster cluster) {
    return new BrokerNode(1, "localhost", cluster.broker(1).port(), null);
  }

  /** Sends something on the loop; the future completes with its answer. */
  private static CompletableFuture<Boolean> send(Channel channel) {
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    channel.send(
        new ApiVersionsRequest().clientSoftwareName("test").clientSoftwareVersion("1"),
        3,
        Duration.ofSeconds(20).toNanos(),
        () -> {},
        new Reply<>() {
          @Override
          public void onResponse(ApiVersionsResponse response) {
            answered.complete(true);
          }

          @Override
          public void onFailure(OttlaException failure) {
            answered.complete(false);
          }
        });
    return answered;
  }

  @Test
  void while_something_is_under_way_to_the_old_address_nothing_goes_to_the_new_one()
      throws Exception {
    Channel channel = new Channel(at(before), links, loop);
    CompletableFuture<CompletableFuture<Boolean>> first = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<Boolean>> second = new CompletableFuture<>();
    loop.execute(
        () -> {
          first.complete(send(channel));
          channel.onBroker(at(after));
          second.complete(send(channel)); // behind the first
        });
    assertThat(get(get(first))).isTrue();
    assertThat(get(get(second))).isTrue();

    CompletableFuture<CompletableFuture<Boolean>> third = new CompletableFuture<>();
    CompletableFuture<List<Endpoint>> seen = new CompletableFuture<>();
    loop.execute(
        () -> {
          third.complete(send(channel));
          seen.complete(List.copyOf(opened));
        });

    assertThat(get(get(third))).isTrue();
    assertThat(get(seen))
        .containsExactly(
            new Endpoint("localhost", before.broker(1).port()),
            new Endpoint("localhost", after.broker(1).port()));
    before.await(() -> before.broker(1).connections() == 0, Duration.ofSeconds(30));
  }

  @Test
  void a_broker_that_left_and_comes_back_is_connected_to_anew() throws Exception {
    Channel channel = new Channel(at(before), links, loop);
    CompletableFuture<CompletableFuture<Boolean>> first = new CompletableFuture<>();
    loop.execute(() -> first.complete(send(channel)));
    assertThat(get(get(first))).isTrue();

    loop.execute(channel::onBrokerGone);
    before.await(() -> before.broker(1).connections() == 0, Duration.ofSeconds(30));
    CompletableFuture<CompletableFuture<Boolean>> again = new CompletableFuture<>();
    loop.execute(() -> again.complete(send(channel)));

    assertThat(get(get(again))).isTrue();
  }

  @Test
  void an_answer_does_not_overtake_a_failure() {
    List<String> told = new ArrayList<>();
    ManualLoop manual = new ManualLoop();
    Arrivals arrivals = new Arrivals(manual);

    arrivals.answered(() -> told.add("answer"));
    arrivals.failed(() -> told.add("failure"));
    arrivals.answered(() -> told.add("answer behind it"));
    assertThat(told).containsExactly("answer");
    manual.run();
    arrivals.answered(() -> told.add("at once"));

    assertThat(told).containsExactly("answer", "failure", "answer behind it", "at once");
  }
}
