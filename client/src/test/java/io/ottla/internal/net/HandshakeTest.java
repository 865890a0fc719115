package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.testkit.scenario.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandshakeTest extends ConnectionTestBase {
  private static final int NEWEST = ApiKey.API_VERSIONS.highestVersion();

  private Connection negotiate() {
    return open(List.of(new NegotiateVersions(NEWEST)), 1 << 20);
  }

  private void refuse(Asked question, int highestNamed) {
    ApiVersionsResponse refusal =
        highestNamed < 0
            ? new ApiVersionsResponse()
            : Peer.versions(Map.of(ApiKey.API_VERSIONS, highestNamed));
    refusal.errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
    receive(Peer.frame(question.correlationId(), ApiKey.API_VERSIONS, refusal, 0));
  }

  @Test
  @Scenario("L176")
  void the_question_says_who_asks() {
    negotiate();

    Asked question = nextAsked();

    assertThat(question.version()).isEqualTo(NEWEST);
    assertThat(question.clientId()).isEqualTo("me");
    ApiVersionsRequest body = (ApiVersionsRequest) question.body();
    assertThat(body.clientSoftwareName()).isEqualTo("ottla");
    assertThat(body.clientSoftwareVersion()).matches("[0-9][a-zA-Z0-9.\\-]*[a-zA-Z0-9]");
  }

  @Test
  void the_answer_makes_the_connection_ready() {
    Connection connection = negotiate();

    answer(nextAsked(), Peer.versions(Map.of(ApiKey.METADATA, 8, ApiKey.FETCH, 99)));

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    assertThat(versions(connection).highestCommon(ApiKey.METADATA)).isEqualTo(8);
    assertThat(versions(connection).highestCommon(ApiKey.FETCH))
        .isEqualTo(ApiKey.FETCH.highestVersion());
    assertThat(versions(connection).highestCommon(ApiKey.PRODUCE)).isEqualTo(-1);
    assertThat(events).containsExactly("ready");
  }

  // Each question is in a lower version than the one before.
  @Test
  @Scenario("G89")
  void a_peer_that_names_its_version_is_asked_in_that_one() {
    Connection connection = negotiate();

    refuse(nextAsked(), 2);
    Asked second = nextAsked();
    assertThat(second.version()).isEqualTo(2);
    answer(second, Peer.versions(Peer.allVersions()));

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  void a_peer_that_names_nothing_is_asked_in_version_0() {
    Connection connection = negotiate();

    refuse(nextAsked(), -1);
    Asked second = nextAsked();
    assertThat(second.version()).isZero();
    answer(second, Peer.versions(Peer.allVersions()));

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  @Scenario("G89")
  void a_peer_that_refuses_every_version_and_names_one_too_high_is_given_up() {
    Connection connection = negotiate();

    for (int questions = 0; connection.state().isOpen(); questions++) {
      assertThat(questions).isLessThanOrEqualTo(NEWEST);
      refuse(nextAsked(), NEWEST);
    }

    assertThat(asked).isEmpty();
    assertThat(end().kind()).isEqualTo(Loss.Kind.VIOLATION);
    assertThat(end().why()).contains("UNSUPPORTED_VERSION", "version 0");
  }

  @Test
  @Scenario("G89")
  void another_error_code_fails_the_handshake() {
    negotiate();

    answer(
        nextAsked(),
        new ApiVersionsResponse().errorCode(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code()));

    assertThat(end().why()).contains("CLUSTER_AUTHORIZATION_FAILED");
  }

  @Test
  void requests_of_nobody_s_knowing_and_impossible_ranges_are_left_out() {
    Connection connection = negotiate();
    ApiVersionsResponse odd = new ApiVersionsResponse();
    odd.apiKeys().add(api(30_000, 0, 1));
    odd.apiKeys().add(api(ApiKey.FETCH.id(), 5, 2));
    odd.apiKeys().add(api(ApiKey.METADATA.id(), -1, 3));
    odd.apiKeys().add(api(ApiKey.LIST_OFFSETS.id(), 200, 201));

    answer(nextAsked(), odd);

    PeerVersions versions = versions(connection);
    assertThat(versions.ranges()).containsOnlyKeys(ApiKey.LIST_OFFSETS);
    assertThat(versions.highestCommon(ApiKey.LIST_OFFSETS)).isEqualTo(-1);
  }

  @Test
  void whoever_is_too_old_to_be_asked_must_answer_an_old_request() {
    Connection connection = open(List.of(new AssumeOldest("hung up")), 1 << 20);

    Asked probe = nextAsked();
    assertThat(probe.key()).isEqualTo(ApiKey.LIST_OFFSETS);
    assertThat(probe.version()).isZero();
    answer(probe, new io.ottla.protocol.message.ListOffsetsResponse());

    assertThat(versions(connection)).isSameAs(PeerVersions.OLDEST);
    assertThat(versions(connection).isAssumed()).isTrue();
    assertThat(versions(connection).highestCommon(ApiKey.PRODUCE)).isZero();
    assertThat(versions(connection).highestCommon(ApiKey.API_VERSIONS)).isEqualTo(-1);
  }

  @Test
  void an_end_during_the_handshake_is_told_to_the_owner_alone() {
    Connection connection = negotiate();

    hangUp();

    assertThat(connection.heardPeer()).isFalse();
    assertThat(end().kind()).isEqualTo(Loss.Kind.LOST);
    assertThat(events).containsExactly("closed");
  }

  private static PeerVersions versions(Connection connection) {
    return java.util.Objects.requireNonNull(connection.versions());
  }

  private static ApiVersionsResponse.ApiVersion api(int key, int lowest, int highest) {
    return new ApiVersionsResponse.ApiVersion()
        .apiKey((short) key)
        .minVersion((short) lowest)
        .maxVersion((short) highest);
  }
}
