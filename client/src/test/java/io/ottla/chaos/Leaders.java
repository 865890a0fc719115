package io.ottla.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Who leads the partitions of a run's topics: moves leaders, and knows whether all replicas are in
 * sync. Asks with kafka-clients, past the proxies. One thread at a time.
 */
public final class Leaders implements AutoCloseable {
  private static final int SECONDS = 10;

  private final Admin admin;
  private final List<String> topics;

  /** Creates the topics, with three replicas each, of which two must have what is acknowledged. */
  public Leaders(String servers, int partitions, List<String> topics) throws Exception {
    this.topics = topics;
    this.admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                servers,
                "request.timeout.ms",
                5_000,
                "default.api.timeout.ms",
                SECONDS * 1_000));
    Map<String, String> config = Map.of("min.insync.replicas", "2");
    List<NewTopic> wanted = new ArrayList<>();
    topics.forEach(name -> wanted.add(new NewTopic(name, partitions, (short) 3).configs(config)));
    admin.createTopics(wanted).all().get(60, TimeUnit.SECONDS);
  }

  /** Has another replica lead one partition; how many leaders that moved: one or none. */
  int moveOne(Random random) {
    try {
      String topic = topics.get(random.nextInt(topics.size()));
      List<TopicPartitionInfo> all = describe(topic).partitions();
      TopicPartitionInfo one = all.get(random.nextInt(all.size()));
      List<Integer> order = new ArrayList<>();
      one.replicas().forEach(replica -> order.add(replica.id()));
      Collections.rotate(order, 1 + random.nextInt(2));
      TopicPartition partition = new TopicPartition(topic, one.partition());
      admin
          .alterPartitionReassignments(
              Map.of(partition, Optional.of(new NewPartitionReassignment(order))))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
      admin
          .electLeaders(ElectionType.PREFERRED, Set.of(partition))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
      return 1;
    } catch (ExecutionException | java.util.concurrent.TimeoutException notNow) {
      return 0; // a node is down: there is no quorum, or the one that should lead is not in sync
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  boolean areAllInSync() {
    try {
      for (String topic : topics) {
        for (TopicPartitionInfo partition : describe(topic).partitions()) {
          if (partition.isr().size() < 3 || partition.leader() == null) {
            return false;
          }
        }
      }
      return true;
    } catch (ExecutionException | java.util.concurrent.TimeoutException notNow) {
      return false;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void awaitAllInSync(Duration patience) {
    await().atMost(patience).until(this::areAllInSync);
  }

  private TopicDescription describe(String topic)
      throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
    return Objects.requireNonNull(
        admin
            .describeTopics(List.of(topic))
            .allTopicNames()
            .get(SECONDS, TimeUnit.SECONDS)
            .get(topic));
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(SECONDS));
  }
}
