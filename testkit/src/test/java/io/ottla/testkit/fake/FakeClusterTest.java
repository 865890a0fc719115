package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fake cluster as a whole: it comes, is found, and goes. */
@Timeout(30)
final class FakeClusterTest {
  @Test
  void clients_find_its_brokers_and_topics() throws Exception {
    try (FakeCluster cluster = FakeCluster.builder().brokers(3).topic("orders", 4).start();
        Admin admin = admin(cluster)) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(3);
      Map<String, TopicDescription> topics =
          admin.describeTopics(List.of("orders")).allTopicNames().get();

      assertThat(topics.values())
          .flatExtracting(TopicDescription::partitions)
          .hasSize(4)
          .allMatch(partition -> partition.replicas().size() == 3);
      assertThat(cluster.refusals()).isEmpty();
    }
  }

  @Test
  void a_closed_cluster_leaves_no_thread_and_no_port() {
    FakeCluster cluster = FakeCluster.builder().brokers(2).start();
    int port = cluster.broker(2).port();

    cluster.close();
    cluster.close();

    assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("fake-cluster");
    assertThatThrownBy(cluster::brokers).hasMessageContaining("closed");
  }

  @Test
  void a_stopped_broker_refuses_and_comes_back_on_its_port() throws Exception {
    try (FakeCluster cluster = FakeCluster.builder().brokers(2).topic("t", 2).start()) {
      FakeBroker second = cluster.broker(2);
      int port = second.port();

      second.stop();
      assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
      assertThat(cluster.partition("t", 1).leader()).hasValue(1);
      assertThat(cluster.partition("t", 1).leaderEpoch()).isEqualTo(1);

      second.start();
      assertThat(second.port()).isEqualTo(port);
      connect(port).close();
      assertThat(cluster.partition("t", 1).inSync()).containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void two_hundred_clusters_come_and_go() {
    List<Integer> brokers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      try (FakeCluster cluster = FakeCluster.builder().brokers(3).topic("t", 3).start()) {
        brokers.add(cluster.brokers().size());
      }
    }

    assertThat(brokers).hasSize(200).allMatch(count -> count == 3);
  }

  @Test
  void a_config_that_it_does_not_know_is_refused_with_those_that_it_knows() {
    assertThatThrownBy(() -> FakeCluster.builder().config("auto.create.topic", "false"))
        .hasMessageContaining("auto.create.topic")
        .hasMessageContaining("auto.create.topics.enable");
  }

  static Admin admin(FakeCluster cluster) {
    Properties properties = new Properties();
    properties.putAll(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    return Admin.create(properties);
  }

  private static Socket connect(int port) throws Exception {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
