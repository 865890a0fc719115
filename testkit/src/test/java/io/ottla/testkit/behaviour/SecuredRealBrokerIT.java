package io.ottla.testkit.behaviour;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.ListenerSecurity;
import io.ottla.testkit.tls.ClientCertificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suite on security, on a real broker with a port of each kind. */
final class SecuredRealBrokerIT extends SecurityBehaviour {
  private static KafkaServer kafka;

  @BeforeAll
  static void start() {
    kafka =
        KafkaServer.builder()
            .listener("LASTING", SecuredRealBrokerIT::withUsers)
            .listener("MINUTE", door -> withUsers(door).maxReauthentication(Duration.ofMinutes(1)))
            .listener("BRIEF", door -> withUsers(door).maxReauthentication(Duration.ofMillis(500)))
            .listener(
                "MUTUAL",
                door ->
                    door.tls(AUTHORITY.server("localhost", "127.0.0.1"))
                        .clientCertificates(ClientCertificates.REQUIRED, AUTHORITY))
            .start();
  }

  @AfterAll
  static void end() {
    kafka.close();
  }

  @Override
  InetSocketAddress address(SecuredDoor door) {
    String listener = door == SecuredDoor.OPEN ? KafkaServer.PLAINTEXT : door.name();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), kafka.node(1).port(listener));
  }

  private static ListenerSecurity withUsers(ListenerSecurity door) {
    return door.plain("alice", PASSWORD)
        .plain("bob", "bob-secret")
        .scramSha256("alice", PASSWORD)
        .scramSha512("alice", PASSWORD)
        .oauthBearer();
  }
}
