package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersRequest.TopicRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.ottla.protocol.message.DescribeProducersResponse.ProducerState;
import io.ottla.protocol.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a partition remembers of its producers, and for how long. */
abstract class ProducerStateBehaviour extends Behaviour {
  private static final long LONG_AGO_MS = Duration.ofHours(25).toMillis();

  @Test
  void a_partition_that_nobody_has_written_to_knows_no_producer() {
    assertThat(producers(newTopic(1))).isEmpty();
  }

  @Test
  void a_producer_without_id_is_not_remembered() {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    assertThat(producers(topic)).isEmpty();
  }

  @Test
  void the_last_sequence_and_timestamp_are_those_of_the_last_batch() {
    long now = System.currentTimeMillis();
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).at(now).from(producer, 0));
    append(topic, TestBatch.of("a").recordAt(now + 9, "b").at(now - 7).from(producer, 3));

    assertThat(producers(topic))
        .containsExactly(
            new ProducerState()
                .producerId(producer.id())
                .producerEpoch(0)
                .lastSequence(4)
                .lastTimestamp(now + 9)
                .coordinatorEpoch(-1)
                .currentTxnStartOffset(-1));
  }

  @Test
  void a_duplicate_and_a_refused_batch_change_nothing() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(1).from(producer, 0));
    append(topic, TestBatch.ofSize(1).from(producer, 1));
    List<ProducerState> before = producers(topic);

    produce(topic, TestBatch.ofSize(1).from(producer, 0));
    produce(topic, TestBatch.ofSize(1).from(producer, 5));
    produce(topic, TestBatch.ofSize(1).from(producer.epoch(3), 5));

    assertThat(producers(topic)).isEqualTo(before);
  }

  @Test
  void the_epoch_is_the_latest() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(5).from(producer, 0));
    append(topic, TestBatch.ofSize(2).from(producer.epoch(6), 0));

    ProducerState state = only(producers(topic));

    assertThat(state.producerEpoch()).isEqualTo(6);
    assertThat(state.lastSequence()).isEqualTo(1);
  }

  @Test
  void the_last_sequence_of_a_batch_across_the_greatest_int_has_begun_anew() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(4).from(producer, Integer.MAX_VALUE - 1));

    assertThat(only(producers(topic)).lastSequence()).isEqualTo(1);
  }

  @Test
  void all_producers_are_told() {
    Topic topic = newTopic(1);
    Producer one = newProducer();
    Producer other = newProducer();
    append(topic, TestBatch.ofSize(1).from(one, 0));
    append(topic, TestBatch.ofSize(1).from(other, 0));

    assertThat(producers(topic))
        .extracting(ProducerState::producerId)
        .containsExactlyInAnyOrder(one.id(), other.id());
  }

  @Test
  void unknown_topics_and_partitions_are_told_each_for_itself() {
    Topic topic = newTopic(1);
    String nowhere = uniqueName("nowhere");

    DescribeProducersResponse answer =
        broker()
            .ask(
                new DescribeProducersRequest()
                    .topics(
                        List.of(
                            new TopicRequest().name(topic.name()).partitionIndexes(List.of(0, 5)),
                            new TopicRequest().name(nowhere).partitionIndexes(List.of(0)))));

    assertThat(partition(answer, topic.name(), 0).errorCode()).isZero();
    assertThat(error(partition(answer, topic.name(), 5).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(error(partition(answer, nowhere, 0).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  // ---- expiry

  @Test
  void a_producer_whose_last_record_is_older_than_a_day_is_forgotten() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    long longAgo = System.currentTimeMillis() - LONG_AGO_MS;
    append(topic, TestBatch.ofSize(3).at(longAgo).from(producer, 0));

    eventually(() -> assertThat(producers(topic)).isEmpty());
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 9))).isEqualTo(3);
  }

  @Test
  void a_duplicate_of_a_producer_that_was_forgotten_is_appended_again() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    TestBatch batch = TestBatch.ofSize(2).from(producer, 0);
    append(topic, batch.at(System.currentTimeMillis() - LONG_AGO_MS));
    eventually(() -> assertThat(producers(topic)).isEmpty());

    assertThat(append(topic, batch)).isEqualTo(2);
  }

  @Test
  void an_old_epoch_of_a_producer_that_was_forgotten_is_no_longer_fenced() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    long longAgo = System.currentTimeMillis() - LONG_AGO_MS;
    append(topic, TestBatch.ofSize(1).at(longAgo).from(producer.epoch(5), 0));
    eventually(() -> assertThat(producers(topic)).isEmpty());

    assertThat(append(topic, TestBatch.ofSize(1).from(producer.epoch(2), 0))).isEqualTo(1);
  }

  @Test
  void the_age_is_that_of_the_last_batch_not_of_the_first() {
    Topic expires = newTopic(1);
    Topic stays = newTopic(1);
    Producer producer = newProducer();
    long now = System.currentTimeMillis();
    append(stays, TestBatch.ofSize(1).at(now - LONG_AGO_MS).from(producer, 0));
    append(stays, TestBatch.ofSize(1).at(now).from(producer, 1));
    append(expires, TestBatch.ofSize(1).at(now).from(producer, 0));
    append(expires, TestBatch.ofSize(1).at(now - LONG_AGO_MS).from(producer, 1));

    eventually(() -> assertThat(producers(expires)).isEmpty());
    assertThat(producers(stays)).hasSize(1);
  }

  private List<ProducerState> producers(Topic topic) {
    DescribeProducersResponse answer =
        broker()
            .ask(
                new DescribeProducersRequest()
                    .topics(
                        List.of(
                            new TopicRequest().name(topic.name()).partitionIndexes(List.of(0)))));
    PartitionResponse partition = partition(answer, topic.name(), 0);
    assertThat(error(partition.errorCode())).isEqualTo(ErrorCode.NONE);
    return partition.activeProducers();
  }

  private static PartitionResponse partition(
      DescribeProducersResponse answer, String topic, int partition) {
    return answer.topics().stream()
        .filter(told -> told.name().equals(topic))
        .flatMap(told -> told.partitions().stream())
        .filter(told -> told.partitionIndex() == partition)
        .findFirst()
        .orElseThrow();
  }
}
