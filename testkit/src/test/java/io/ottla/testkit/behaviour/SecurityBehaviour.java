package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.testkit.tls.TestCertificates;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How brokers find out who their clients are. Runs on a fake broker and on a real one. */
abstract class SecurityBehaviour {
  static final TestCertificates AUTHORITY = TestCertificates.create();
  static final String PASSWORD = "alice-secret";
  private static final int VERSIONS_VERSION = 3;

  private final List<RawConnection> connections = new ArrayList<>();

  /** Where a broker listens that lets in alice and bob, each with the name's secret. */
  abstract InetSocketAddress address(SecuredDoor door);

  @AfterEach
  final void disconnect() {
    connections.forEach(RawConnection::close);
  }

  final RawConnection to(SecuredDoor door) {
    RawConnection connection = new RawConnection(address(door));
    connections.add(connection);
    return connection;
  }

  private static ErrorCode error(short code) {
    return ErrorCode.of(code);
  }

  private static void assertServed(RawConnection connection) {
    MetadataResponse answer = connection.ask(new MetadataRequest().topics(List.of()));
    assertThat(answer.clusterId()).isNotEmpty();
  }

  private static void assertRefused(SaslAuthenticateResponse answer, String why) {
    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.SASL_AUTHENTICATION_FAILED);
    assertThat(answer.errorMessage()).isEqualTo(why);
    assertThat(answer.authBytes()).isEmpty();
    assertThat(answer.sessionLifetimeMs()).isZero();
  }

  // Getting in.

  @Test
  void a_password_lets_in() {
    RawConnection connection = to(SecuredDoor.LASTING);

    SaslAuthenticateResponse answer = Sasl.logIn(connection, "alice", PASSWORD);

    assertThat(answer).isEqualTo(new SaslAuthenticateResponse().authBytes(new byte[0]));
    assertServed(connection);
  }

  @Test
  void a_user_may_name_itself_as_the_one_to_act_as() {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, Sasl.PLAIN);

    assertThat(Sasl.authenticate(connection, Sasl.utf8("alice\0alice\0" + PASSWORD)).errorCode())
        .isZero();
    assertServed(connection);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 512})
  void a_proof_of_knowing_the_password_lets_in(int bits) {
    RawConnection connection = to(SecuredDoor.LASTING);

    assertThat(error(Sasl.scram(connection, bits, "alice", PASSWORD).errorCode()))
        .isEqualTo(ErrorCode.NONE);
    assertServed(connection);
  }

  @Test
  void the_versions_may_be_asked_first() {
    RawConnection connection = to(SecuredDoor.LASTING);
    connection.ask(versions(), VERSIONS_VERSION);

    Sasl.logIn(connection, "alice", PASSWORD);

    assertServed(connection);
    connection.ask(versions(), VERSIONS_VERSION);
  }

  @Test
  void the_handshake_tells_the_mechanisms() {
    SaslHandshakeResponse answer = Sasl.handshake(to(SecuredDoor.LASTING), Sasl.PLAIN);

    assertThat(answer.mechanisms())
        .containsExactlyInAnyOrder("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");
  }

  // Not getting in.

  @Test
  void a_mechanism_that_is_not_enabled_is_refused_with_those_that_are() {
    RawConnection connection = to(SecuredDoor.LASTING);

    SaslHandshakeResponse answer = Sasl.handshake(connection, "GSSAPI");

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.UNSUPPORTED_SASL_MECHANISM);
    assertThat(answer.mechanisms())
        .containsExactlyInAnyOrder("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");
    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @CsvSource({
    "alice, wrong, 'Authentication failed: Invalid username or password'",
    "nobody, alice-secret, 'Authentication failed: Invalid username or password'",
    "alice, '', 'Authentication failed: password not specified'",
    "'', alice-secret, 'Authentication failed: username not specified'",
  })
  void a_wrong_password_is_told_from_none(String user, String password, String why) {
    RawConnection connection = to(SecuredDoor.LASTING);

    assertRefused(Sasl.logIn(connection, user, password), why);
    connection.awaitClosedByBroker();
  }

  @Test
  void acting_as_somebody_else_is_refused() {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, Sasl.PLAIN);

    assertRefused(
        Sasl.authenticate(connection, Sasl.utf8("bob\0alice\0" + PASSWORD)),
        "Authentication failed: Client requested an authorization id that is different from"
            + " username");
    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice", "\0alice", "a\0b\0c\0d"})
  void a_token_that_is_none_is_refused(String token) {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, Sasl.PLAIN);

    assertRefused(
        Sasl.authenticate(connection, Sasl.utf8(token)),
        "Invalid SASL/PLAIN response: expected 3 tokens, got " + token.split("\0", -1).length);
    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @CsvSource({"256, alice, wrong", "512, alice, wrong", "256, nobody, alice-secret"})
  void scram_does_not_tell_what_was_wrong(int bits, String user, String password) {
    RawConnection connection = to(SecuredDoor.LASTING);

    assertRefused(
        Sasl.scram(connection, bits, user, password),
        anyFailure("authentication", "SCRAM-SHA-" + bits));
    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "n,,n=alice", "y,,n=alice,r=abc", "p=tls-unique,,n=alice,r=abc", "n,,r=abc"})
  void a_first_token_that_is_none_of_scram_is_refused(String token) {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, "SCRAM-SHA-256");

    assertRefused(
        Sasl.authenticate(connection, Sasl.utf8(token)),
        anyFailure("authentication", "SCRAM-SHA-256"));
    connection.awaitClosedByBroker();
  }

  @Test
  void a_last_token_with_another_nonce_is_refused() {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, "SCRAM-SHA-256");
    Sasl.authenticate(connection, Sasl.utf8("n,,n=alice,r=abcdefgh"));

    assertRefused(
        Sasl.authenticate(connection, Sasl.utf8("c=biws,r=abcdefghxyz,p=AAAA")),
        anyFailure("authentication", "SCRAM-SHA-256"));
    connection.awaitClosedByBroker();
  }

  // The order of things.

  @Test
  void a_request_before_authentication_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.LASTING);

    connection.send(new MetadataRequest(), MetadataRequest.HIGHEST_VERSION);

    connection.awaitClosedByBroker();
  }

  @Test
  void a_token_before_the_handshake_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.LASTING);

    connection.send(new SaslAuthenticateRequest().authBytes(Sasl.plain("alice", PASSWORD)), 2);

    connection.awaitClosedByBroker();
  }

  @Test
  void a_request_instead_of_the_handshake_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.LASTING);
    connection.ask(versions(), VERSIONS_VERSION);

    connection.send(new MetadataRequest(), MetadataRequest.HIGHEST_VERSION);

    connection.awaitClosedByBroker();
  }

  @Test
  void versions_are_told_once_before_authentication() {
    RawConnection connection = to(SecuredDoor.LASTING);
    connection.ask(versions(), VERSIONS_VERSION);

    connection.send(versions(), VERSIONS_VERSION);

    connection.awaitClosedByBroker();
  }

  @Test
  void versions_that_were_not_told_may_be_asked_again() {
    RawConnection connection = to(SecuredDoor.LASTING);
    connection.sendBytes(connection.frame(18, 99, 2, new byte[] {0}));
    connection.receiveFrame();
    connection.expectNoAnswer();

    connection.ask(versions(), VERSIONS_VERSION);

    Sasl.logIn(connection, "alice", PASSWORD);
    assertServed(connection);
  }

  @Test
  void a_request_instead_of_a_token_is_answered_with_an_error() {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, Sasl.PLAIN);

    SaslHandshakeResponse answer = Sasl.handshake(connection, Sasl.PLAIN);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.ILLEGAL_SASL_STATE);
    assertThat(answer.mechanisms()).isEmpty();
    connection.awaitClosedByBroker();
  }

  @Test
  void a_frame_that_no_authentication_needs_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.LASTING);

    connection.sendBytes(new byte[] {0, 0x10, 0, 0});
    connection.sendBytes(connection.frame(18, 3, 2, new byte[1000]));

    connection.awaitClosedByBroker();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPEN", "LASTING"})
  void who_is_in_already_cannot_authenticate_again(SecuredDoor door) {
    RawConnection connection = to(door);
    if (door == SecuredDoor.LASTING) {
      Sasl.logIn(connection, "alice", PASSWORD);
    }

    SaslHandshakeResponse handshake = Sasl.handshake(connection, Sasl.PLAIN);
    SaslAuthenticateResponse token = Sasl.authenticate(connection, Sasl.plain("alice", PASSWORD));

    assertThat(handshake)
        .isEqualTo(new SaslHandshakeResponse().errorCode(ErrorCode.ILLEGAL_SASL_STATE.code()));
    assertThat(error(token.errorCode())).isEqualTo(ErrorCode.ILLEGAL_SASL_STATE);
    assertThat(token.errorMessage())
        .isEqualTo("SaslAuthenticate request received after successful authentication");
    assertServed(connection);
  }

  // Tokens without requests around them.

  @Test
  void after_the_first_version_of_the_handshake_tokens_come_bare() {
    RawConnection connection = to(SecuredDoor.LASTING);
    connection.ask(new SaslHandshakeRequest().mechanism(Sasl.PLAIN), 0);

    connection.sendBytes(sized(Sasl.plain("alice", PASSWORD)));

    assertThat(connection.receiveFrame().remaining()).isZero();
    assertServed(connection);
  }

  @Test
  void a_bare_token_that_is_wrong_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.LASTING);
    connection.ask(new SaslHandshakeRequest().mechanism(Sasl.PLAIN), 0);

    connection.sendBytes(sized(Sasl.plain("alice", "wrong")));

    connection.awaitClosedByBroker();
  }

  // Sessions.

  @Test
  void a_session_lasts_as_long_as_the_answer_says() {
    assertThat(Sasl.logIn(to(SecuredDoor.MINUTE), "alice", PASSWORD).sessionLifetimeMs())
        .isEqualTo(60_000);
    assertThat(Sasl.scram(to(SecuredDoor.MINUTE), 512, "alice", PASSWORD).sessionLifetimeMs())
        .isEqualTo(60_000);
  }

  @Test
  void a_request_after_the_session_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.BRIEF);
    assertThat(Sasl.logIn(connection, "alice", PASSWORD).sessionLifetimeMs()).isEqualTo(500);
    assertServed(connection);

    assertThatThrownBy(
            () -> {
              while (true) {
                assertServed(connection);
              }
            })
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_session_is_renewed_on_the_same_connection() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.logIn(connection, "alice", PASSWORD);

    assertThat(Sasl.logIn(connection, "alice", PASSWORD).sessionLifetimeMs()).isEqualTo(60_000);
    assertServed(connection);
  }

  @Test
  void a_session_is_renewed_once_a_second_at_most() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.logIn(connection, "alice", PASSWORD);
    Sasl.logIn(connection, "alice", PASSWORD);

    SaslHandshakeResponse tooSoon = Sasl.handshake(connection, Sasl.PLAIN);

    assertThat(error(tooSoon.errorCode())).isEqualTo(ErrorCode.ILLEGAL_SASL_STATE);
    assertServed(connection);
  }

  @Test
  void another_mechanism_cannot_renew_a_session() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.logIn(connection, "alice", PASSWORD);

    SaslHandshakeResponse handshake = Sasl.handshake(connection, "SCRAM-SHA-256");

    assertThat(handshake.errorCode()).isZero();
    connection.send(new SaslAuthenticateRequest().authBytes(Sasl.utf8("n,,n=alice,r=abcdefgh")), 2);
    connection.awaitClosedByBroker();
  }

  @Test
  void another_user_cannot_renew_a_session() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.logIn(connection, "alice", PASSWORD);

    assertRefused(
        Sasl.logIn(connection, "bob", "bob-secret"),
        "Cannot change principals during re-authentication from User.alice: User.bob");
    connection.awaitClosedByBroker();
  }

  @Test
  void a_wrong_password_does_not_renew_a_session() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.scram(connection, 256, "alice", PASSWORD);

    assertRefused(
        Sasl.scram(connection, 256, "alice", "wrong"),
        anyFailure("re-authentication", "SCRAM-SHA-256"));
    connection.awaitClosedByBroker();
  }

  @Test
  void a_request_while_a_session_is_renewed_ends_the_connection() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.logIn(connection, "alice", PASSWORD);
    Sasl.handshake(connection, Sasl.PLAIN);

    MetadataResponse answer =
        connection.ask(new MetadataRequest().topics(List.of()), MetadataRequest.HIGHEST_VERSION);

    assertThat(answer.brokers()).isEmpty();
    connection.awaitClosedByBroker();
  }

  @Test
  void a_mechanism_that_is_not_enabled_ends_the_connection_when_a_session_is_renewed() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.logIn(connection, "alice", PASSWORD);

    connection.send(new SaslHandshakeRequest().mechanism("GSSAPI"), 1);

    connection.awaitClosedByBroker();
  }

  // Bearer tokens.

  @Test
  void a_token_lets_in_for_as_long_as_it_is_good() {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, "OAUTHBEARER");

    SaslAuthenticateResponse answer =
        Sasl.authenticate(connection, Sasl.bearer(Sasl.unsecured(claims("alice", 100))));

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(answer.authBytes()).isEmpty();
    assertThat(answer.sessionLifetimeMs()).isBetween(60_000L, 100_000L);
    assertServed(connection);
  }

  @Test
  void the_shorter_of_token_and_session_counts() {
    RawConnection connection = to(SecuredDoor.MINUTE);
    Sasl.handshake(connection, "OAUTHBEARER");

    assertThat(
            Sasl.authenticate(connection, Sasl.bearer(Sasl.unsecured(claims("alice", 1000))))
                .sessionLifetimeMs())
        .isEqualTo(60_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "expired", "no subject"})
  void a_token_that_is_not_good_is_refused_in_two_steps(String kind) {
    String token =
        switch (kind) {
          case "expired" -> Sasl.unsecured(claims("alice", -100));
          case "no subject" -> Sasl.unsecured("{\"exp\":4000000000}");
          default -> kind;
        };
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, "OAUTHBEARER");

    SaslAuthenticateResponse first = Sasl.authenticate(connection, Sasl.bearer(token));
    SaslAuthenticateResponse last = Sasl.authenticate(connection, new byte[] {1});

    assertThat(error(first.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(new String(first.authBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"status\":\"invalid_token\"}");
    assertRefused(last, "{\"status\":\"invalid_token\"}");
    connection.awaitClosedByBroker();
  }

  @Test
  void a_token_that_is_none_of_oauthbearer_is_refused_at_once() {
    RawConnection connection = to(SecuredDoor.LASTING);
    Sasl.handshake(connection, "OAUTHBEARER");

    assertRefused(
        Sasl.authenticate(connection, Sasl.utf8("n,,auth=Bearer x")),
        anyFailure("authentication", "OAUTHBEARER"));
    connection.awaitClosedByBroker();
  }

  // TLS.

  @Test
  void a_client_with_a_certificate_is_served() {
    assertThatCode(
            () ->
                TlsClient.with(AUTHORITY, AUTHORITY.client("alice"))
                    .askVersions(address(SecuredDoor.MUTUAL)))
        .doesNotThrowAnyException();
  }

  @Test
  void a_client_without_a_certificate_is_not_served() {
    assertThatThrownBy(
            () -> TlsClient.with(AUTHORITY, null).askVersions(address(SecuredDoor.MUTUAL)))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void a_client_with_a_certificate_of_a_stranger_is_not_served() {
    assertThatThrownBy(
            () ->
                TlsClient.with(AUTHORITY, TestCertificates.create().client("alice"))
                    .askVersions(address(SecuredDoor.MUTUAL)))
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void a_client_that_does_not_speak_tls_hears_an_alert() {
    RawConnection connection = to(SecuredDoor.MUTUAL);

    connection.send(versions(), VERSIONS_VERSION);

    assertThat(connection.awaitLastWords()).startsWith((byte) 21, (byte) 3);
  }

  private static String claims(String subject, long seconds) {
    long now = System.currentTimeMillis() / 1000;
    return "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}".formatted(subject, now - 1000, now + seconds);
  }

  private static String anyFailure(String what, String mechanism) {
    return "Authentication failed during %s due to invalid credentials with SASL mechanism %s"
        .formatted(what, mechanism);
  }

  private static ApiVersionsRequest versions() {
    return new ApiVersionsRequest().clientSoftwareName("test").clientSoftwareVersion("1");
  }

  private static byte[] sized(byte[] bytes) {
    return java.nio.ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }
}
