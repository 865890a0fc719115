package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path parent;

  @Test
  void a_temporary_one_is_gone_when_closed() {
    DataDirectory data = DataDirectory.open(KafkaServer.builder().settings());
    data.writeProperties(1, Map.of("key", "value"));
    assertThat(data.ofNode(1).resolve("server.properties")).exists();

    data.close();

    assertThat(data.root()).doesNotExist();
  }

  @Test
  void a_given_one_stays_and_keeps_its_cluster_id() {
    ServerSettings settings = given().settings();
    DataDirectory first = DataDirectory.open(settings);
    first.close();

    try (DataDirectory second = DataDirectory.open(settings)) {
      assertThat(second.root()).isDirectory();
      assertThat(second.clusterId()).isEqualTo(first.clusterId()).hasSize(22);
    }
  }

  @Test
  void refuses_data_of_another_version_or_number_of_nodes() {
    DataDirectory.open(given().settings()).close();

    assertThatThrownBy(() -> DataDirectory.open(given().version(KafkaVersion.V3_9).settings()))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("holds Kafka 4.3 with 1 node(s), but Kafka 3.9 with 1 was asked for");
    assertThatThrownBy(() -> DataDirectory.open(given().nodes(3).settings()))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("but Kafka 4.3 with 3 was asked for");
  }

  @Test
  void refuses_a_directory_with_foreign_files_and_leaves_them_alone() throws IOException {
    Path directory = Files.createDirectories(parent.resolve("data"));
    Files.writeString(directory.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> DataDirectory.open(given().settings()))
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("was not written by a KafkaServer");
    assertThat(directory).isDirectoryContaining("glob:**thesis.txt");
  }

  @Test
  void refuses_a_directory_that_is_in_use() {
    try (DataDirectory data = DataDirectory.open(given().settings())) {
      assertThatThrownBy(() -> DataDirectory.open(given().settings()))
          .isInstanceOf(KafkaServerException.class)
          .hasMessage("data directory " + data.root() + " is in use by another KafkaServer");
    }
  }

  private KafkaServerBuilder given() {
    return KafkaServer.builder().dataDirectory(parent.resolve("data"));
  }
}
