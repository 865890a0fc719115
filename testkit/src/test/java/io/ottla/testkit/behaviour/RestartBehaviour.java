package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a broker still knows after it was stopped in order, or killed. */
abstract class RestartBehaviour extends Behaviour {
  /** One test, because a real broker takes seconds. */
  @Test
  void a_clean_restart_remembers_of_each_producer_only_the_last_batch_and_of_groups_all() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    Producer wrapped = newProducer();
    Producer bumped = newProducer();
    for (int i = 0; i < 3; i++) {
      append(topic, TestBatch.ofSize(2).from(producer, 2 * i));
    }
    append(topic, TestBatch.ofSize(2).from(wrapped, Integer.MAX_VALUE));
    append(topic, TestBatch.ofSize(1).from(bumped.epoch(4), 0));
    String group = groupThatCommitted(topic, 3);
    String alive = uniqueName("group");
    GroupMember before = new GroupMember(broker(), alive).becomeOnlyMember();
    FetchResponse session = broker().ask(Fetching.of(topic, 0, 0, 18).sessionEpoch(0));

    cluster().restart(first());
    reconnect(first());
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
    assertThat(committed(group, topic)).isEqualTo(3);
    assertThat(
            error(
                broker()
                    .ask(Fetching.empty().sessionId(session.sessionId()).sessionEpoch(1))
                    .errorCode()))
        .isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    GroupMember after = new GroupMember(broker(), alive).memberId(before.memberId()).generation(1);
    eventually(() -> assertThat(after.heartbeat()).isEqualTo(ErrorCode.NONE));
    assertThat(after.sync(Map.of()).assignment()).isEqualTo(GroupMember.bytes("all"));
  }

  /** One test, likewise. */
  @Test
  void a_kill_leaves_the_records_and_of_each_producer_the_last_batch() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    for (int i = 0; i < 6; i++) {
      append(topic, TestBatch.ofSize(2).from(producer, 2 * i));
    }
    String group = groupThatCommitted(topic, 5);

    cluster().kill(first());
    cluster().start(first());
    reconnect(first());
    awaitLeaders(topic, 1);

    assertThat(append(topic, TestBatch.ofSize(2).from(producer, 10))).isEqualTo(10);
    assertThat(produce(topic, TestBatch.ofSize(2).from(producer, 8)))
        .isEqualTo(refusedByLog(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER));
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 12))).isEqualTo(12);
    assertThat(committed(group, topic)).isEqualTo(5);
  }

  private int first() {
    return cluster().brokerIds().get(0);
  }

  private String groupThatCommitted(Topic topic, long offset) {
    String group = uniqueName("group");
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
    assertThat(Offsets.send(broker(), Offsets.commit(group, topic, 0, offset, "", 9), 9))
        .isEqualTo(ErrorCode.NONE);
    return group;
  }

  private long committed(String group, Topic topic) {
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
    return Offsets.committed(broker(), Offsets.fetch(group, topic, 0, 9), 9).committedOffset();
  }
}
