package io.ottla;

import static io.ottla.producer.ProducerRecord.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that is killed in the middle of traffic. */
@RealKafka(shared = false)
@Timeout(180)
final class BrokerKillIT {
  private final KafkaServer kafka;

  BrokerKillIT(KafkaServer kafka) {
    this.kafka = kafka;
  }

  // Every future ends, and what was said of each record is true.
  @Test
  @Scenario({"L32", "L90"})
  void after_a_kill_every_future_ends_and_the_next_request_connects_again() throws Exception {
    try (Broker broker = Ottla.broker("127.0.0.1", kafka.node(1).port())) {
      String topic = BrokerITBase.newTopic(broker, 1);
      List<CompletableFuture<List<ProduceResult>>> sent = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        byte[] number = ByteBuffer.allocate(20_000).putInt(i).array();
        sent.add(broker.produce(List.of(record(topic, 0, number)), Acks.ALL));
        if (i == 100) {
          BrokerITBase.get(sent.get(20));
          kafka.node(1).kill();
        }
      }

      List<Integer> written = new ArrayList<>();
      List<Integer> notSent = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        try {
          assertThat(sent.get(i).get(60, TimeUnit.SECONDS).get(0).isWritten()).isTrue();
          written.add(i);
        } catch (ExecutionException ended) {
          OttlaException failure = (OttlaException) Objects.requireNonNull(ended.getCause());
          if (failure.outcome() == SendOutcome.NOT_SENT) {
            notSent.add(i);
          }
        }
      }
      assertThat(written).contains(20);
      assertThat(notSent).contains(399);
      OttlaException refused = failureOf(broker, topic);
      assertThat(refused).isInstanceOf(BrokerUnreachableException.class);

      kafka.node(1).start();
      await()
          .atMost(BrokerITBase.TIMEOUT)
          .ignoreExceptions()
          .until(
              () ->
                  BrokerITBase.get(
                          broker.produce(
                              List.of(record(topic, 0, ByteBuffer.allocate(4).putInt(-1).array())),
                              Acks.ALL))
                      .get(0)
                      .isWritten());

      Set<Integer> log = numbersIn(broker, topic);
      assertThat(log).containsAll(written).doesNotContainAnyElementsOf(notSent);
    }
  }

  private static Set<Integer> numbersIn(Broker broker, String topic) throws Exception {
    Set<Integer> numbers = new HashSet<>();
    long next = 0;
    while (!numbers.contains(-1)) {
      FetchResult read =
          BrokerITBase.get(
                  broker.fetch(List.of(new FetchPosition(topic, 0, next)), FetchLimits.defaults()))
              .get(0);
      assertThat(read.error()).isEqualTo(ErrorCode.NONE);
      for (RecordBatch batch : read.batches()) {
        try (RecordCursor record = batch.cursor()) {
          while (record.next()) {
            numbers.add(ByteBuffer.wrap(Objects.requireNonNull(record.value())).getInt());
            next = record.offset() + 1;
          }
        }
      }
    }
    return numbers;
  }

  private static OttlaException failureOf(Broker broker, String topic) throws Exception {
    try {
      Object result =
          broker
              .produce(List.of(record(topic, 0, new byte[1])), Acks.ALL)
              .get(60, TimeUnit.SECONDS);
      throw new AssertionError("a dead broker answered: " + result);
    } catch (ExecutionException ended) {
      return (OttlaException) Objects.requireNonNull(ended.getCause());
    }
  }
}
