package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.internal.cluster.BrokerChannel;
import io.ottla.internal.cluster.RoutedCluster;
import io.ottla.internal.cluster.RoutedFloor;
import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.net.PeerVersions;
import io.ottla.internal.net.Reply;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What producers and consumers stand on. */
class ClusterFloorTest extends ClusterTestBase {
  private final RoutedFloor floor = ((RoutedCluster) cluster).floor("writer", true);
  private final List<String> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeFloor() throws Exception {
    get(floor.close(Duration.ZERO));
  }

  private BrokerChannel channel(int brokerId) throws Exception {
    ClusterView view = get(floor.metadata().brokers(floor.clock().nanoTime() + nanos()));
    BrokerNode broker = Objects.requireNonNull(view.broker(brokerId));
    CompletableFuture<BrokerChannel> channel = new CompletableFuture<>();
    floor.loop().execute(() -> channel.complete(floor.channel(broker)));
    return get(channel);
  }

  private static long nanos() {
    return PATIENCE.toNanos();
  }

  private PeerVersions connect(BrokerChannel channel) throws Exception {
    CompletableFuture<PeerVersions> versions = new CompletableFuture<>();
    floor
        .loop()
        .execute(
            () ->
                channel.connect(
                    (known, failure) -> {
                      assertThat(floor.loop().inLoop()).isTrue();
                      if (known != null) {
                        versions.complete(known);
                      } else {
                        versions.completeExceptionally(failure);
                      }
                    }));
    return get(versions);
  }

  private void send(BrokerChannel channel, String name, int version, Consumer<String> then) {
    ListOffsetsRequest request = ends(0);
    channel.send(
        request,
        version,
        nanos(),
        () -> events.add(name + " free, on the loop: " + floor.loop().inLoop()),
        new Reply<>() {
          @Override
          public void onResponse(ListOffsetsResponse response) {
            tell(name + " answered");
          }

          @Override
          public void onFailure(OttlaException failure) {
            tell(name + " failed: " + failure.getClass().getSimpleName());
          }

          private void tell(String what) {
            assertThat(floor.loop().inLoop()).isTrue();
            events.add(what);
            then.accept(what);
          }
        });
  }

  @Test
  void requests_are_answered_in_order_on_the_loop_and_their_bytes_are_free_once() throws Exception {
    BrokerChannel channel = channel(leader(0));
    int version = connect(channel).highestCommon(ApiKey.LIST_OFFSETS);
    CompletableFuture<String> last = new CompletableFuture<>();

    floor
        .loop()
        .execute(
            () -> {
              send(channel, "first", version, what -> {});
              send(
                  channel,
                  "second",
                  version,
                  what -> send(channel, "third", version, last::complete));
            });

    assertThat(get(last)).isEqualTo("third answered");
    assertThat(events)
        .filteredOn(event -> event.endsWith("answered"))
        .containsExactly("first answered", "second answered", "third answered");
    assertThat(events)
        .filteredOn(event -> event.contains("free"))
        .containsExactly(
            "first free, on the loop: true",
            "second free, on the loop: true",
            "third free, on the loop: true");
  }

  @Test
  void a_request_in_a_version_that_the_broker_lacks_fails_after_the_send_has_returned()
      throws Exception {
    BrokerChannel channel = channel(leader(0));
    connect(channel);
    CompletableFuture<String> last = new CompletableFuture<>();

    floor
        .loop()
        .execute(
            () -> {
              send(channel, "wrong", 99, last::complete);
              events.add("sent");
            });

    assertThat(get(last)).isEqualTo("wrong failed: UnsupportedVersionException");
    assertThat(events)
        .containsExactly(
            "wrong free, on the loop: true", "sent", "wrong failed: UnsupportedVersionException");
  }

  @Test
  void connections_are_its_own_and_end_with_it() throws Exception {
    get(cluster.request(ends(0)));
    int before = fake.broker(leader(0)).connections();

    connect(channel(leader(0)));
    int with = fake.broker(leader(0)).connections();
    get(floor.close(Duration.ofSeconds(1)));

    assertThat(with).isEqualTo(before + 1);
    CompletableFuture<BrokerChannel> after = new CompletableFuture<>();
    BrokerNode any = floor.metadata().view().brokers().iterator().next();
    floor.loop().execute(() -> after.complete(floor.channel(any)));
    assertThat(get(after)).isNull();
  }

  @Test
  void a_floor_that_shares_connections_opens_none_for_a_broker_that_has_one() throws Exception {
    RoutedFloor first = ((RoutedCluster) cluster).floor("one", false);
    RoutedFloor second = ((RoutedCluster) cluster).floor("two", false);
    BrokerChannel channel = channel(first, leader(0));
    connect(channel);
    int before = fake.broker(leader(0)).connections();

    connect(channel(second, leader(0)));

    assertThat(fake.broker(leader(0)).connections()).isEqualTo(before);
    get(first.close(Duration.ZERO));
    get(second.close(Duration.ZERO));
    assertThat(fake.broker(leader(0)).connections()).isEqualTo(before);
  }

  private BrokerChannel channel(RoutedFloor over, int brokerId) throws Exception {
    ClusterView view = get(over.metadata().brokers(over.clock().nanoTime() + nanos()));
    BrokerNode broker = Objects.requireNonNull(view.broker(brokerId));
    CompletableFuture<BrokerChannel> channel = new CompletableFuture<>();
    over.loop().execute(() -> channel.complete(over.channel(broker)));
    return get(channel);
  }

  @Test
  void a_channel_of_a_closed_floor_refuses() throws Exception {
    BrokerChannel channel = channel(leader(0));
    get(floor.close(Duration.ZERO));
    CompletableFuture<String> last = new CompletableFuture<>();

    floor.loop().execute(() -> send(channel, "late", 1, last::complete));

    assertThat(get(last)).isEqualTo("late failed: " + ClosedException.class.getSimpleName());
    assertThat(events.get(0)).startsWith("late free");
  }

  @Test
  void its_requests_end_on_the_loop() throws Exception {
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();

    CompletableFuture<Void> unused =
        floor
            .request(ends(0), Route.byKind(), PATIENCE)
            .thenAccept(response -> onLoop.complete(floor.loop().inLoop()));

    assertThat(get(onLoop)).isTrue();
  }

  @Test
  void a_floor_outlives_its_cluster() throws Exception {
    RoutedFloor late = ((RoutedCluster) cluster).floor("late", true);
    cluster.close(Duration.ZERO);
    CompletableFuture<String> ran = new CompletableFuture<>();

    late.loop().execute(() -> ran.complete("ran"));

    assertThat(get(ran)).isEqualTo("ran");
    get(late.close(Duration.ZERO));
  }
}
