package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import org.junit.jupiter.api.Test;

/** What a broker that was stopped in order still knows. */
abstract class RestartBehaviour extends Behaviour {
  /** One test, because a real broker takes seconds. */
  @Test
  void a_clean_restart_remembers_of_each_producer_only_the_last_batch() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    Producer wrapped = newProducer();
    Producer bumped = newProducer();
    for (int i = 0; i < 3; i++) {
      append(topic, TestBatch.ofSize(2).from(producer, 2 * i));
    }
    append(topic, TestBatch.ofSize(2).from(wrapped, Integer.MAX_VALUE));
    append(topic, TestBatch.ofSize(1).from(bumped.epoch(4), 0));
    int broker = cluster().brokerIds().get(0);

    cluster().restart(broker);
    reconnect(broker);
    awaitLeaders(topic, 1);

    PartitionProduceResponse last = produce(topic, TestBatch.ofSize(2).from(producer, 4));
    assertThat(error(last.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(last.baseOffset()).isEqualTo(4);
    assertThat(produce(topic, TestBatch.ofSize(2).from(producer, 2)))
        .isEqualTo(refusedByLog(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER));
    assertThat(append(topic, TestBatch.ofSize(2).from(wrapped, Integer.MAX_VALUE))).isEqualTo(6);
    assertThat(produce(topic, TestBatch.ofSize(1).from(bumped.epoch(3), 0)))
        .isEqualTo(refusedByLog(ErrorCode.INVALID_PRODUCER_EPOCH));
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 6))).isEqualTo(9);
    assertThat(newProducer().id()).isNotIn(producer.id(), wrapped.id(), bumped.id());
    assertThat(offsetFor(topic, -1).leaderEpoch()).isPositive();
  }
}
