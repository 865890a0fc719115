package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthenticationException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.security.Sasl;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A link to a broker that wants SASL, as FakeCluster plays it. */
final class SecuredLinkTest extends RealLinkTestBase {
  private static FakeCluster cluster(Duration lifetime) {
    return FakeCluster.builder().user("alice", "pw").sessionLifetime(lifetime).start();
  }

  private BrokerLink link(FakeCluster cluster, String password) {
    return link(
        "127.0.0.1",
        cluster.broker(1).port(),
        settings().withSasl(Sasl.scramSha256("alice", password)));
  }

  private static long handshakes(FakeCluster cluster) {
    return cluster.requests().count(ApiKey.SASL_HANDSHAKE);
  }

  @Test
  @Scenario({"G88", "L183"})
  void sessions_are_renewed_under_traffic_and_a_user_who_is_gone_is_refused() throws Exception {
    try (FakeCluster cluster = cluster(Duration.ofSeconds(2))) {
      BrokerLink link = link(cluster, "pw");
      while (handshakes(cluster) < 2) {
        assertThat(ask(link)).isNotNull();
      }
      assertThat(link.trouble()).isNull();

      cluster.users().remove("alice");
      while (link.versions() != null) {
        Thread.onSpinWait();
      }

      assertThat(failureOf(link)).isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void a_wrong_password_is_refused_in_the_broker_s_words_and_never_shown() throws Exception {
    try (FakeCluster cluster = cluster(Duration.ofHours(1))) {
      Throwable failure = failureOf(link(cluster, "s3cret"));

      assertThat(failure)
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("refused to authenticate us with SCRAM-SHA-256");
      assertThat(failure.toString()).doesNotContain("s3cret");
    }
  }
}
