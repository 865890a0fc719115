package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerClassPathTest {
  @TempDir private Path directory;

  @Test
  void is_all_jars_of_the_directory_in_a_fixed_order() throws IOException {
    put("scala-library.jar", "kafka_2.13-4.3.1.jar", "notes.txt");

    assertThat(find(KafkaVersion.V4_3))
        .isEqualTo(
            directory.resolve("kafka_2.13-4.3.1.jar")
                + File.pathSeparator
                + directory.resolve("scala-library.jar"));
  }

  @Test
  void refuses_a_directory_without_a_server() throws IOException {
    put("kafka-clients-4.3.1.jar", "kafka_2.13-4.3.1-sources.jar");

    assertThatThrownBy(() -> find(KafkaVersion.V4_3))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("has no kafka_2.13-4.3.x.jar among its 2 jars");
  }

  @Test
  void refuses_a_server_of_another_version() throws IOException {
    put("kafka_2.13-4.3.1.jar");

    assertThatThrownBy(() -> find(KafkaVersion.V3_9))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("holds kafka_2.13-4.3.1.jar, but Kafka 3.9 was asked for");
  }

  @Test
  void refuses_two_servers_in_one_directory() throws IOException {
    put("kafka_2.13-4.3.1.jar", "kafka_2.13-4.3.0.jar");

    assertThatThrownBy(() -> find(KafkaVersion.V4_3))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining(
            "more than one server, kafka_2.13-4.3.0.jar and kafka_2.13-4.3.1.jar");
  }

  @Test
  void refuses_a_directory_that_does_not_exist() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(
            () -> ServerClassPath.find(KafkaServer.builder().classPath(missing).settings()))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining(missing + ", named by classPath(..)");
  }

  @Test
  void says_what_to_add_when_nothing_names_a_server() {
    String property = KafkaVersion.V4_3.classPathProperty();
    String before = System.clearProperty(property);
    try {
      assertThatThrownBy(() -> ServerClassPath.find(KafkaServer.builder().settings()))
          .isInstanceOf(KafkaServerException.class)
          .hasMessageContaining("system property ottla.kafka.4.3 is set")
          .hasMessageContaining("no kafka.Kafka")
          .hasMessageContaining("org.apache.kafka:kafka_2.13");
    } finally {
      if (before != null) {
        System.setProperty(property, before);
      }
    }
  }

  private String find(KafkaVersion version) {
    return ServerClassPath.find(
        KafkaServer.builder().version(version).classPath(directory).settings());
  }

  private void put(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(directory.resolve(name));
    }
  }
}
