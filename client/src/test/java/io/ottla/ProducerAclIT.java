package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Producer;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real broker with ACLs. Alice may write to one topic and look at another; bob may do nothing.
 */
@Timeout(180)
final class ProducerAclIT {
  private static KafkaServer kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka =
        KafkaServer.builder()
            .listener("USERS", door -> door.plain("alice", "secret-a").plain("bob", "secret-b"))
            .property(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .property("super.users", "User:ANONYMOUS")
            .start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("writable", 1, (short) 1),
                  new NewTopic("readable", 1, (short) 1),
                  new NewTopic("hidden", 1, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
      admin
          .createAcls(
              List.of(alice("writable", AclOperation.WRITE), alice("readable", AclOperation.READ)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  private static AclBinding alice(String topic, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:alice", "*", operation, AclPermissionType.ALLOW));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @AfterEach
  void expectWarnings() {
    Warnings.take(line -> line.contains(" WARN "));
  }

  private static Producer<String, String> producer(
      String user, String password, String... options) {
    ProducerBuilder<String, String> builder =
        Ottla.producer(kafka.bootstrapServers("USERS"))
            .keys(FakeProducerTestBase.TEXT)
            .values(FakeProducerTestBase.TEXT)
            .set("sasl.mechanism", "PLAIN")
            .set("sasl.username", user)
            .set("sasl.password", password)
            .set("security.protocol", "SASL_PLAINTEXT")
            .set("delivery.timeout", "10m");
    for (int i = 0; i < options.length; i += 2) {
      builder.set(options[i], options[i + 1]);
    }
    return builder.start();
  }

  private static OttlaException failureOf(Producer<String, String> producer, String topic)
      throws Exception {
    return FakeProducerTestBase.failureOf(producer.send(topic, "value"));
  }

  @Test
  @Scenario("L39")
  void a_forbidden_topic_fails_its_records_at_once_known_or_not() throws Exception {
    try (Producer<String, String> producer = producer("alice", "secret-a")) {
      OttlaException readable = failureOf(producer, "readable");
      OttlaException hidden = failureOf(producer, "hidden");
      OttlaException missing = failureOf(producer, "missing");

      assertThat(List.of(readable, hidden, missing))
          .hasOnlyElementsOfType(AuthorizationException.class)
          .noneMatch(failure -> failure.outcome() == SendOutcome.UNKNOWN);
      assertThat(readable).hasMessageContaining("readable");
      assertThat(hidden).hasMessageContaining("hidden");
      assertThat(FakeProducerTestBase.get(producer.send("writable", "value")).hasOffset()).isTrue();
      assertThat(failureOf(producer, "readable")).isInstanceOf(AuthorizationException.class);
      assertThat(FakeProducerTestBase.get(producer.send("writable", "value")).hasOffset()).isTrue();
    }
  }

  @Test
  @Scenario("L39")
  void who_may_do_nothing_is_told_so_with_numbers_and_without() throws Exception {
    try (Producer<String, String> numbered = producer("bob", "secret-b");
        Producer<String, String> plain = producer("bob", "secret-b", "idempotence", "false")) {
      for (String topic : List.of("writable", "readable", "missing")) {
        assertThat(failureOf(numbered, topic)).isInstanceOf(AuthorizationException.class);
        assertThat(failureOf(plain, topic)).isInstanceOf(AuthorizationException.class);
      }
    }
  }
}
