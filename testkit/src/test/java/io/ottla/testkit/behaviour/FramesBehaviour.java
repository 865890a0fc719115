package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.MetadataRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no request, and requests that come in pieces. */
abstract class FramesBehaviour extends Behaviour {
  @ParameterizedTest
  @ValueSource(ints = {4, 200, 9999, -1, Short.MAX_VALUE})
  void an_api_that_is_not_for_clients_closes_the_connection(int api) {
    RawConnection connection = anotherConnection();

    connection.sendBytes(connection.frame(api, 0, 1, new byte[16]));

    connection.awaitClosedByBroker();
  }

  @Test
  void a_body_that_is_cut_off_closes_the_connection() {
    RawConnection connection = anotherConnection();
    byte[] whole = connection.frame(new MetadataRequest().topics(List.of()), 9);

    ByteBuffer cut = ByteBuffer.allocate(whole.length - 3).put(whole, 0, whole.length - 3);
    connection.sendBytes(cut.putInt(0, whole.length - 7).array());

    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void a_frame_too_short_for_a_header_closes_the_connection(int length) {
    RawConnection connection = anotherConnection();

    connection.sendBytes(ByteBuffer.allocate(4 + length).putInt(0, length).array());

    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 104_857_601})
  void a_length_that_is_negative_or_beyond_the_limit_closes_the_connection(int length) {
    RawConnection connection = anotherConnection();

    connection.sendBytes(ByteBuffer.allocate(4).putInt(0, length).array());

    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u0016\u0003\u0001\u0002"})
  void another_protocol_closes_the_connection(String hello) {
    RawConnection connection = anotherConnection();

    // In one piece: it may be closed before a second one.
    connection.sendBytes((hello + "\0".repeat(64)).getBytes(StandardCharsets.ISO_8859_1));

    connection.awaitClosedByBroker();
  }

  @Test
  void bytes_behind_a_request_are_not_looked_at() {
    byte[] request = broker().frame(new MetadataRequest().topics(List.of()), 4);
    ByteBuffer longer = ByteBuffer.allocate(request.length + 5).put(request);

    broker().sendBytes(longer.putInt(0, request.length + 1).array());

    assertThat(broker().receive(new MetadataRequest(), 4).brokers()).isNotEmpty();
  }

  @Test
  void a_request_may_come_byte_by_byte() {
    for (byte next : broker().frame(new MetadataRequest().topics(List.of()), 12)) {
      broker().sendBytes(new byte[] {next});
    }

    assertThat(broker().receive(new MetadataRequest(), 12).brokers()).isNotEmpty();
  }

  @Test
  void requests_may_come_together() {
    byte[] first = broker().frame(new MetadataRequest().topics(List.of()), 12);
    byte[] second = broker().frame(new ApiVersionsRequest(), 2);

    broker()
        .sendBytes(
            ByteBuffer.allocate(first.length + second.length).put(first).put(second).array());

    assertThat(broker().receive(new MetadataRequest(), 12).brokers()).isNotEmpty();
    assertThat(broker().receive(new ApiVersionsRequest(), 2).apiKeys()).isNotEmpty();
  }

  @Test
  void what_was_sent_before_the_garbage_is_answered() {
    RawConnection connection = anotherConnection();
    connection.send(new MetadataRequest().topics(List.of()), 12);
    assertThat(connection.receive(new MetadataRequest(), 12).brokers()).isNotEmpty();

    connection.sendBytes(connection.frame(9999, 0, 1, new byte[16]));

    connection.awaitClosedByBroker();
  }

  @Test
  void a_client_without_name_is_one_too() {
    broker().sendBytes(broker().clientId("").frame(new MetadataRequest().topics(List.of()), 12));

    assertThat(broker().receive(new MetadataRequest(), 12).brokers()).isNotEmpty();
  }

  @Test
  void unknown_tagged_fields_are_no_harm() {
    byte[] plain = broker().frame(new MetadataRequest().topics(List.of()), 9);
    // The last byte counts the tagged fields; one more, with tag 5 and two bytes.
    ByteBuffer tagged = ByteBuffer.allocate(plain.length + 4).put(plain);
    tagged.put(plain.length - 1, new byte[] {1, 5, 2, 9, 9});

    broker().sendBytes(tagged.putInt(0, plain.length).array());

    assertThat(broker().receive(new MetadataRequest(), 9).brokers()).isNotEmpty();
  }
}
