package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault, as both ends see it. */
final class FaultsTest extends ProxyTestBase {
  @Test
  void a_cut_ends_both_sides_in_order() throws Exception {
    Ends ends = open();
    write(ends.client(), bytes(3));
    expect(ends.broker(), bytes(3));

    proxy.cut();

    expectEnd(ends.client());
    expectEnd(ends.broker());
    assertThat(ends.connection().state()).isEqualTo(ConnectionState.CLOSING);
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.CUT);
    write(ends.client(), bytes(100));
    ends.client().close();
    ends.broker().close();
    proxy.await(is -> is.open() == 0, PATIENCE);
  }

  @Test
  void a_reset_breaks_both_sides() throws Exception {
    Ends ends = open();

    proxy.reset();

    expectReset(ends.client());
    expectReset(ends.broker());
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.RESET);
    assertThat(proxy.connections()).isEmpty();
  }

  @Test
  void one_connection_is_cut_and_the_other_lives() throws Exception {
    Ends first = open();
    Ends second = open();

    first.connection().reset();

    expectReset(first.client());
    write(second.client(), bytes(9));
    expect(second.broker(), bytes(9));
  }

  @Test
  void a_half_close_ends_one_direction() throws Exception {
    Ends ends = open();

    proxy.halfClose(Direction.TO_CLIENT);

    expectEnd(ends.client());
    write(ends.client(), bytes(9));
    expect(ends.broker(), bytes(9));
    write(ends.broker(), bytes(4));
    proxy.await(is -> is.toClient().discarded() == 4, PATIENCE);

    proxy.halfClose(Direction.TO_BROKER);
    expectEnd(ends.broker());
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.CUT);
  }

  @Test
  void new_connections_are_refused_until_accepted_and_the_port_stays_ours() throws Exception {
    Ends before = open();
    int port = proxy.port();

    proxy.refuse();
    proxy.refuse();

    assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
    write(before.client(), bytes(2));
    expect(before.broker(), bytes(2));

    proxy.accept();
    assertThat(proxy.port()).isEqualTo(port);
    Socket again = dial();
    Socket broker = answer();
    write(again, bytes(2));
    expect(broker, bytes(2));

    proxy.refuse();
    proxy.heal();
    dial();
    answer();
  }

  @Test
  void a_pause_loses_nothing() throws Exception {
    Ends ends = open();
    proxy.pause(Direction.BOTH);

    write(ends.client(), bytes(30));
    write(ends.broker(), bytes(40));
    // A second connection shows that the loop has seen what came before, and let it lie.
    Socket second = dial();
    Socket secondBroker = answer();
    write(second, bytes(50));
    assertThat(proxy.counters().passed()).isZero();
    assertThat(proxy.counters().toBroker().received()).isZero();

    proxy.resume(Direction.TO_BROKER);
    expect(ends.broker(), bytes(30));
    expect(secondBroker, bytes(50));
    assertThat(proxy.counters().toClient().passed()).isZero();
    proxy.resume(Direction.TO_CLIENT);
    expect(ends.client(), bytes(40));
  }

  @Test
  void a_pause_keeps_what_was_already_in_the_proxy() throws Exception {
    Ends ends = open();
    proxy.delay(Direction.TO_BROKER, Duration.ofSeconds(1));
    write(ends.client(), bytes(30));
    awaitReceivedFromClients(30);

    proxy.pause(Direction.TO_BROKER);
    clock.advance(Duration.ofSeconds(5));
    assertThat(proxy.counters().passed()).isZero();

    proxy.resume(Direction.TO_BROKER);
    expect(ends.broker(), bytes(30));
  }

  @Test
  void a_black_hole_takes_all_and_passes_nothing() throws Exception {
    Ends ends = open();
    proxy.blackHole(Direction.TO_BROKER);

    write(ends.client(), bytes(10 * BUFFER_BYTES));
    proxy.await(is -> is.toBroker().discarded() == 10 * BUFFER_BYTES, PATIENCE);
    write(ends.broker(), bytes(8));
    expect(ends.client(), bytes(8));
    assertThat(proxy.counters().toBroker().passed()).isZero();

    proxy.heal();
    expectReset(ends.client());
    expectReset(ends.broker());
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.BYTES_WERE_LOST);
  }

  @Test
  void the_end_of_a_stream_falls_into_a_black_hole_too() throws Exception {
    Ends ends = open();
    proxy.blackHole(Direction.TO_BROKER);

    ends.client().setSoLinger(true, 0);
    ends.client().close();
    // What the broker sends meets a client that is gone; the broker does not learn it.
    write(ends.broker(), bytes(10));
    proxy.await(is -> is.toClient().received() == 10, PATIENCE);
    write(ends.broker(), bytes(10));
    proxy.await(is -> is.toClient().received() == 20, PATIENCE);
    assertThat(ends.connection().state()).isEqualTo(ConnectionState.OPEN);

    proxy.heal();
    expectReset(ends.broker());
  }

  @Test
  void a_connection_whose_end_was_lost_is_reset_by_healing() throws Exception {
    Ends ends = open();
    proxy.blackHole(Direction.TO_BROKER);
    ends.client().shutdownOutput();
    proxy.await(is -> ends.connection().end() == ConnectionEnd.BY_CLIENT, PATIENCE);
    write(ends.broker(), bytes(10));
    expect(ends.client(), bytes(10));

    proxy.heal();

    expectReset(ends.broker());
    expectReset(ends.client());
  }

  @Test
  void a_black_hole_without_traffic_heals_without_a_scar() throws Exception {
    Ends ends = open();
    proxy.blackHole(Direction.BOTH);

    proxy.heal();

    write(ends.client(), bytes(6));
    expect(ends.broker(), bytes(6));
  }

  @Test
  void a_connection_that_begins_behind_a_black_hole_is_not_told_to_the_broker() throws Exception {
    proxy.blackHole(Direction.BOTH);
    Socket client = dial();
    write(client, bytes(6));
    proxy.await(is -> is.toBroker().discarded() == 6, PATIENCE);

    proxy.heal();

    expectReset(client);
    Ends next = open();
    assertThat(next.connection().number()).as("the first that the broker sees").isEqualTo(2);
  }

  @Test
  void a_delay_holds_each_byte_for_its_time_and_keeps_the_order() throws Exception {
    Ends ends = open();
    proxy.delay(Direction.TO_BROKER, Duration.ofMillis(100));
    write(ends.client(), bytes(10));
    awaitReceivedFromClients(10);
    clock.advance(Duration.ofMillis(60));
    write(ends.client(), bytes(20));
    awaitReceivedFromClients(30);

    clock.advance(Duration.ofMillis(39));
    assertThat(proxy.counters().passed()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(proxy.counters().passed()).isEqualTo(10);
    proxy.delay(Direction.TO_BROKER, Duration.ofMillis(10));
    write(ends.client(), bytes(5));
    awaitReceivedFromClients(35);
    clock.advance(Duration.ofMillis(59));
    assertThat(proxy.counters().passed()).as("a shorter delay overtakes nothing").isEqualTo(10);
    clock.advance(Duration.ofMillis(1));

    expect(ends.broker(), bytes(10));
    expect(ends.broker(), bytes(20));
    expect(ends.broker(), bytes(5));
  }

  @Test
  void a_delay_holds_the_end_of_the_stream_too() throws Exception {
    Ends ends = open();
    proxy.delay(Direction.TO_BROKER, Duration.ofMillis(100));
    ends.client().shutdownOutput();
    proxy.await(is -> ends.connection().end() == ConnectionEnd.BY_CLIENT, PATIENCE);
    clock.advance(Duration.ofMillis(99));
    ends.broker().setSoTimeout(1);
    assertThatThrownBy(() -> ends.broker().getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    clock.advance(Duration.ofMillis(1));

    ends.broker().setSoTimeout(TIMEOUT_MS);
    expectEnd(ends.broker());
  }

  @Test
  void healing_lets_go_what_was_delayed() throws Exception {
    Ends ends = open();
    proxy.delay(Direction.TO_CLIENT, Duration.ofDays(1));
    write(ends.broker(), bytes(10));
    proxy.await(is -> is.toClient().received() == 10, PATIENCE);

    proxy.heal();

    expect(ends.client(), bytes(10));
  }

  @Test
  void a_rate_lets_so_many_bytes_through_per_second() throws Exception {
    Ends ends = open();
    proxy.throughput(Direction.TO_BROKER, 10_000);
    clock.advance(Duration.ofHours(1));
    write(ends.client(), bytes(15_000));
    awaitReceivedFromClients(15_000);

    assertThat(proxy.counters().passed()).as("nothing was saved up").isZero();
    clock.advance(Duration.ofMillis(5));
    assertThat(proxy.counters().passed()).isEqualTo(50);
    clock.advance(Duration.ofMillis(995));
    assertThat(proxy.counters().passed()).isEqualTo(10_000);
    clock.advance(Duration.ofSeconds(10));

    expect(ends.broker(), bytes(15_000));
    write(ends.client(), bytes(100));
    awaitReceivedFromClients(15_100);
    assertThat(proxy.counters().passed()).as("nothing was saved up since").isEqualTo(15_000);
    proxy.heal();
    expect(ends.broker(), bytes(100));
  }

  @Test
  void a_rate_and_a_delay_add_up() throws Exception {
    Ends ends = open();
    proxy.throughput(Direction.TO_BROKER, 1_000);
    proxy.delay(Direction.TO_BROKER, Duration.ofSeconds(1));
    write(ends.client(), bytes(100));
    awaitReceivedFromClients(100);

    clock.advance(Duration.ofSeconds(1));
    assertThat(proxy.counters().passed()).isZero();
    clock.advance(Duration.ofMillis(50));
    assertThat(proxy.counters().passed()).isEqualTo(50);
    clock.advance(Duration.ofMillis(50));
    expect(ends.broker(), bytes(100));
  }

  @Test
  void fragments_are_written_one_by_one() throws Exception {
    Ends ends = open();
    proxy.fragment(Direction.TO_CLIENT, 3);

    write(ends.broker(), bytes(1_000));

    expect(ends.client(), bytes(1_000));
    assertThat(ends.connection().flow(Direction.TO_CLIENT).writes()).isGreaterThanOrEqualTo(334);
  }

  @Test
  void fragments_with_time_between_are_read_one_by_one() throws Exception {
    Ends ends = open();
    proxy.fragment(Direction.TO_CLIENT, 1, Duration.ofMillis(10));
    write(ends.broker(), bytes(20));
    proxy.await(is -> is.toClient().received() == 20, PATIENCE);
    byte[] read = new byte[20];

    for (int i = 0; i < 20; i++) {
      assertThat(ends.client().getInputStream().read(read, i, 20 - i)).isEqualTo(1);
      clock.advance(Duration.ofMillis(10));
    }

    assertThat(read).isEqualTo(bytes(20));
    assertThat(ends.connection().flow(Direction.TO_CLIENT).writes()).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource(names = {"TO_BROKER", "TO_CLIENT"})
  void a_cut_after_bytes_comes_at_its_byte(Direction direction) throws Exception {
    Ends ends = open();
    Socket sender = direction == Direction.TO_BROKER ? ends.client() : ends.broker();
    Socket receiver = direction == Direction.TO_BROKER ? ends.broker() : ends.client();
    write(sender, bytes(5));
    expect(receiver, bytes(5));

    proxy.afterBytes(direction, 17, ProxiedConnection::cut);
    write(sender, bytes(16));
    expect(receiver, bytes(16));
    write(sender, bytes(100));

    assertThat(receiver.getInputStream().readAllBytes()).isEqualTo(Arrays.copyOf(bytes(100), 1));
    expectEnd(sender);
  }

  @Test
  void a_reset_after_bytes_holds_for_connections_to_come() throws Exception {
    proxy.afterBytes(Direction.BOTH, 10, ProxiedConnection::reset);

    for (int i = 0; i < 3; i++) {
      Socket client = dial();
      Socket broker = answer();
      write(client, bytes(4));
      expect(broker, bytes(4));
      write(broker, bytes(7));
      assertThat(client.getInputStream().readNBytes(6)).isEqualTo(Arrays.copyOf(bytes(7), 6));
      expectReset(client);
    }
    proxy.heal();
    Ends ends = open();
    write(ends.client(), bytes(100));
    expect(ends.broker(), bytes(100));
  }

  @Test
  void a_black_hole_after_bytes_swallows_the_rest() throws Exception {
    Ends ends = open();
    ends.connection().afterBytes(Direction.TO_BROKER, 3, it -> it.blackHole(Direction.TO_BROKER));

    write(ends.client(), bytes(50));

    proxy.await(is -> is.toBroker().discarded() == 47, PATIENCE);
    assertThat(proxy.counters().toBroker().passed()).isEqualTo(3);
  }

  @Test
  void a_fault_after_no_bytes_meets_a_connection_before_the_broker_knows_it() throws Exception {
    proxy.afterBytes(Direction.TO_BROKER, 0, ProxiedConnection::reset);

    expectReset(dial());

    proxy.heal();
    assertThat(open().connection().number()).isEqualTo(2);
  }

  @Test
  void a_fault_that_throws_resets_its_connection_and_the_proxy_lives() throws Exception {
    Ends ends = open();
    ends.connection()
        .afterBytes(
            Direction.TO_BROKER,
            1,
            it -> {
              throw new IllegalArgumentException("on purpose");
            });

    write(ends.client(), bytes(1));

    expect(ends.broker(), bytes(1));
    expectReset(ends.broker());
    Ends next = open();
    write(next.client(), bytes(4));
    expect(next.broker(), bytes(4));
  }

  @Test
  void faults_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> proxy.throughput(Direction.BOTH, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("throughput");
    assertThatThrownBy(() -> proxy.fragment(Direction.BOTH, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> proxy.delay(Direction.BOTH, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("delay");
    assertThatThrownBy(() -> proxy.afterBytes(Direction.BOTH, -1, ProxiedConnection::cut))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void expectReset(Socket at) {
    assertThatThrownBy(
            () -> {
              int read = at.getInputStream().read();
              throw new IOException("no reset: read " + read);
            })
        .isInstanceOf(SocketException.class);
  }
}
