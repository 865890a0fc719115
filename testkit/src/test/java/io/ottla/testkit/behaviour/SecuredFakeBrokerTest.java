package io.ottla.testkit.behaviour;

import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeClusterBuilder;
import io.ottla.testkit.tls.ClientCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** The suite on security, on fake brokers: one for each kind of port. */
final class SecuredFakeBrokerTest extends SecurityBehaviour {
  private static final Map<SecuredDoor, FakeCluster> CLUSTERS = new EnumMap<>(SecuredDoor.class);

  @AfterAll
  static void end() {
    CLUSTERS.values().forEach(FakeCluster::close);
    CLUSTERS.clear();
  }

  @Override
  InetSocketAddress address(SecuredDoor door) {
    FakeCluster cluster = CLUSTERS.computeIfAbsent(door, SecuredFakeBrokerTest::start);
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.broker(1).port());
  }

  private static FakeCluster start(SecuredDoor door) {
    FakeClusterBuilder builder = FakeCluster.builder();
    return switch (door) {
      case OPEN -> builder.start();
      case LASTING -> withUsers(builder).start();
      case MINUTE -> withUsers(builder).sessionLifetime(Duration.ofMinutes(1)).start();
      case BRIEF -> withUsers(builder).sessionLifetime(Duration.ofMillis(500)).start();
      case MUTUAL ->
          builder
              .tls(AUTHORITY.server("localhost", "127.0.0.1"))
              .clientCertificates(ClientCertificates.REQUIRED, AUTHORITY)
              .start();
    };
  }

  private static FakeClusterBuilder withUsers(FakeClusterBuilder builder) {
    return builder
        .user("alice", PASSWORD)
        .user("bob", "bob-secret")
        .mechanisms("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");
  }
}
