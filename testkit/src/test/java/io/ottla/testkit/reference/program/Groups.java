package io.ottla.testkit.reference.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.reference.Program;
import io.ottla.testkit.reference.ReferenceCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Members of a group that come and go: at rest each partition has one owner, and what was committed
 * is not read again.
 */
abstract class Groups implements Program {
  private static final int PARTITIONS = 6;

  /** What kind of group it is. */
  abstract Map<String, Object> options(ReferenceCluster cluster);

  @Override
  public final void run(ReferenceCluster cluster) throws Exception {
    Clients clients = new Clients(cluster);
    String topic = clients.newTopic(PARTITIONS);
    Map<String, Object> options = new HashMap<>(options(cluster));
    options.put("group.id", Clients.uniqueName("group"));
    clients.produce(topic, PARTITIONS, 60);

    try (Consumer<String, String> first = clients.consumer(options)) {
      first.subscribe(List.of(topic));
      List<Consumer<String, String>> members = new ArrayList<>(List.of(first));
      awaitBalance(topic, members);
      first.seekToBeginning(first.assignment());
      Clients.read(first, 60);
      first.commitSync();

      try (Consumer<String, String> second = clients.consumer(options);
          Consumer<String, String> third = clients.consumer(options)) {
        second.subscribe(List.of(topic));
        members.add(second);
        awaitBalance(topic, members);
        third.subscribe(List.of(topic));
        members.add(third);
        awaitBalance(topic, members);
        clients.produce(topic, PARTITIONS, 30);
        assertThat(readAll(members, 30)).hasSize(30);
        members.forEach(Consumer::commitSync);
      }

      members.retainAll(List.of(first));
      awaitBalance(topic, members);
      clients.produce(topic, PARTITIONS, 12);
      assertThat(readAll(members, 12)).hasSize(12);
    }
  }

  /** Polls until each partition has one owner and each member has its share. */
  private static void awaitBalance(String topic, List<Consumer<String, String>> members) {
    Clients.pollUntil(members, () -> isBalanced(topic, members), "the group does not balance");
  }

  private static boolean isBalanced(String topic, List<Consumer<String, String>> members) {
    Set<TopicPartition> owned = new HashSet<>();
    int count = 0;
    for (Consumer<String, String> member : members) {
      Set<TopicPartition> share = member.assignment();
      if (share.size() != PARTITIONS / members.size()) {
        return false;
      }
      count += share.size();
      owned.addAll(share);
    }
    return count == PARTITIONS && owned.equals(Set.copyOf(Clients.partitions(topic, PARTITIONS)));
  }

  private static Set<String> readAll(List<Consumer<String, String>> members, int count) {
    Set<String> read = new HashSet<>();
    List<String> twice = new ArrayList<>();
    Clients.await(
        () -> {
          for (Consumer<String, String> member : members) {
            ConsumerRecords<String, String> records = member.poll(Clients.POLL);
            for (ConsumerRecord<String, String> record : records) {
              String place = record.partition() + ":" + record.offset();
              if (!read.add(place)) {
                twice.add(place);
              }
            }
          }
          return read.size() >= count;
        },
        () -> "read " + read.size() + " of " + count);
    assertThat(twice).as("read twice").isEmpty();
    return read;
  }
}
