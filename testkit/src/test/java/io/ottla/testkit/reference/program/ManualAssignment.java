package io.ottla.testkit.reference.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.reference.Program;
import io.ottla.testkit.reference.ReferenceCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** A consumer without group management: seek, look up, pause, commit. */
public final class ManualAssignment implements Program {
  private static final int RECORDS = 10;

  @Override
  public void run(ReferenceCluster cluster) throws Exception {
    Clients clients = new Clients(cluster);
    TopicPartition partition = new TopicPartition(clients.newTopic(1), 0);
    try (Producer<String, String> producer = clients.producer(Map.of())) {
      Clients.sendTen(producer, partition);
    }
    String group = Clients.uniqueName("group");

    for (String isolation : List.of("read_uncommitted", "read_committed")) {
      Map<String, Object> options = Map.of("group.id", group, "isolation.level", isolation);
      try (Consumer<String, String> consumer = clients.consumer(options)) {
        consumer.assign(List.of(partition));
        seeks(consumer, partition);
        looksUp(consumer, partition);
        pauses(consumer, partition);
        commits(consumer, partition);
      }
    }
    try (Consumer<String, String> next = clients.consumer(Map.of("group.id", group))) {
      next.assign(List.of(partition));
      assertThat(values(next, 2)).containsExactly("v8", "v9");
    }
  }

  private static void seeks(Consumer<String, String> consumer, TopicPartition partition) {
    consumer.seekToBeginning(List.of(partition));
    assertThat(values(consumer, RECORDS)).startsWith("v0", "v1").endsWith("v9");
    assertThat(consumer.position(partition)).isEqualTo(RECORDS);
    consumer.seek(partition, 7);
    assertThat(values(consumer, 3)).containsExactly("v7", "v8", "v9");
    consumer.seekToEnd(List.of(partition));
    assertThat(consumer.position(partition)).isEqualTo(RECORDS);
  }

  private static void looksUp(Consumer<String, String> consumer, TopicPartition partition) {
    assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 0L);
    assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, (long) RECORDS);
    OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, 1004L)).get(partition);
    assertThat(found).isNotNull();
    assertThat(found.offset()).isEqualTo(4);
    assertThat(found.timestamp()).isEqualTo(1004);
    assertThat(consumer.offsetsForTimes(Map.of(partition, 9999L)).get(partition)).isNull();
    assertThat(consumer.partitionsFor(partition.topic())).hasSize(1);
    assertThat(consumer.listTopics()).containsKey(partition.topic());
  }

  private static void pauses(Consumer<String, String> consumer, TopicPartition partition) {
    consumer.seek(partition, 0);
    consumer.pause(List.of(partition));
    for (int i = 0; i < 10; i++) {
      assertThat(consumer.poll(Clients.POLL)).isEmpty();
    }
    consumer.resume(List.of(partition));
    assertThat(values(consumer, RECORDS)).hasSize(RECORDS);
  }

  private static void commits(Consumer<String, String> consumer, TopicPartition partition)
      throws Exception {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(5, "five")));
    OffsetAndMetadata committed = Clients.inMap(consumer.committed(Set.of(partition)), partition);
    assertThat(committed.offset()).isEqualTo(5);
    assertThat(committed.metadata()).isEqualTo("five");

    CompletableFuture<Long> done = new CompletableFuture<>();
    consumer.commitAsync(
        Map.of(partition, new OffsetAndMetadata(8)),
        (offsets, failure) -> {
          if (failure == null) {
            done.complete(Clients.inMap(offsets, partition).offset());
          } else {
            done.completeExceptionally(failure);
          }
        });
    Clients.await(
        () -> {
          consumer.poll(Clients.POLL);
          return done.isDone();
        },
        () -> "no answer to the commit");
    assertThat(done.get(1, TimeUnit.SECONDS)).isEqualTo(8);
  }

  private static List<String> values(Consumer<String, String> consumer, int count) {
    return Clients.read(consumer, count).stream().map(ConsumerRecord::value).toList();
  }
}
