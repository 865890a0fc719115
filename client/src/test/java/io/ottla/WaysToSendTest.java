package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Acks;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerChannel;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.TopicProducer;
import io.ottla.protocol.record.Header;
import io.ottla.serde.Serializer;
import io.ottla.serde.Serializers;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to send a record, and what of it arrives. */
class WaysToSendTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TO_CLOSE = Duration.ofSeconds(10);

  private final FakeCluster fake =
      FakeCluster.builder().brokers(2).topic("orders", 3).topic("lines", 1).start();
  private final Queue<DeliveryReport> reports = new ConcurrentLinkedQueue<>();
  private final Producer<String, String> producer = builder().start();

  private ProducerBuilder<String, String> builder() {
    return Ottla.producer(fake.bootstrapServers())
        .keys(Serializers.utf8())
        .values(Serializers.utf8())
        .linger(Duration.ZERO)
        .onReport(report -> reports.add(report.copy()));
  }

  @AfterEach
  void close() {
    producer.close(TO_CLOSE);
    assertThat(fake.refusals()).isEmpty();
    fake.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static OttlaException failureOf(CompletableFuture<?> future) throws Exception {
    try {
      throw new AssertionError("it did not fail but gave " + get(future));
    } catch (ExecutionException failed) {
      return (OttlaException) Objects.requireNonNull(failed.getCause());
    }
  }

  private List<String> values(String topic) {
    return fake.records(topic).stream().map(FakeRecord::value).toList();
  }

  @Test
  void a_future_has_the_place_of_its_record() throws Exception {
    Delivery delivery = get(producer.send("lines", "k", "v"));

    assertThat(delivery.topic()).isEqualTo("lines");
    assertThat(delivery.partition()).isZero();
    assertThat(delivery.offset()).isZero();
    FakeRecord written = fake.records("lines").get(0);
    assertThat(written.key()).isEqualTo("k");
    assertThat(written.value()).isEqualTo("v");
    assertThat(written.timestamp().toEpochMilli()).isEqualTo(delivery.timestampMs());
    assertThat(reports).singleElement().matches(DeliveryReport::isDelivered);
  }

  @Test
  @Scenario("L23")
  void a_record_arrives_with_everything_that_it_has_and_its_report_has_it_too() throws Exception {
    List<Header> headers =
        List.of(
            new Header("same", new byte[] {1}),
            new Header("same", new byte[] {2}),
            new Header("none", null),
            new Header("", new byte[0]));
    BlockingQueue<DeliveryReport> heard = new LinkedBlockingQueue<>();

    producer.send(
        new ProducerRecord<>("orders", 2, 1_700_000_000_000L, "k", "v", headers, "my ref"),
        report -> heard.add(report.copy()));

    DeliveryReport report = Objects.requireNonNull(heard.poll(30, TimeUnit.SECONDS));
    assertThat(report.ref()).isEqualTo("my ref");
    assertThat(report.partition()).isEqualTo(2);
    assertThat(report.timestampMs()).isEqualTo(1_700_000_000_000L);
    assertThat(text(report)).isEqualTo("k=v");
    assertThat(report.headers()).containsExactlyElementsOf(headers);
    FakeRecord written = fake.partition("orders", 2).records().get(0);
    assertThat(written.timestamp().toEpochMilli()).isEqualTo(1_700_000_000_000L);
    assertThat(written.headers()).containsExactlyElementsOf(headers);
  }

  private static String text(DeliveryReport report) {
    return StandardCharsets.UTF_8.decode(Objects.requireNonNull(report.key()))
        + "="
        + StandardCharsets.UTF_8.decode(Objects.requireNonNull(report.value()));
  }

  @Test
  void a_null_value_is_a_tombstone_and_a_null_key_is_none() throws Exception {
    get(producer.send("lines", "gone", null));
    get(producer.send("lines", "keyless"));

    assertThat(fake.records("lines").get(0).value()).isNull();
    assertThat(fake.records("lines").get(0).key()).isEqualTo("gone");
    assertThat(fake.records("lines").get(1).key()).isNull();
    assertThat(values("lines")).containsExactly(null, "keyless");
  }

  @Test
  void a_topic_looked_up_once_sends_in_every_way() throws Exception {
    TopicProducer<String, String> lines = producer.topic("lines");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    lines.post("k", "posted");
    lines.send("k", "heard of", report -> heard.add("second"));
    lines.send(0, 5, "k", "whole", List.of(), "ref", report -> heard.add("third " + report.ref()));
    boolean isTaken = lines.trySend("k", "tried");
    Delivery last = get(lines.send("k", "future"));

    assertThat(isTaken).isTrue();
    assertThat(last.offset()).isEqualTo(4);
    assertThat(values("lines")).containsExactly("posted", "heard of", "whole", "tried", "future");
    assertThat(heard).containsExactly("second", "third ref");
  }

  @Test
  void all_reports_of_records_sent_together_come_in_the_records_order() throws Exception {
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(ProducerRecord.record("orders", i % 3, null, "v" + i));
    }
    records.add(7, ProducerRecord.record("no such topic!", "bad"));

    List<DeliveryReport> all = get(producer.sendAll(records));

    assertThat(all).hasSize(21);
    assertThat(all.get(7).error()).isInstanceOf(RefusedException.class);
    assertThat(all.get(7).outcome()).isEqualTo(SendOutcome.NOT_SENT);
    for (int i = 0; i < 21; i++) {
      String value =
          StandardCharsets.UTF_8.decode(Objects.requireNonNull(all.get(i).value())).toString();
      assertThat(i == 7 ? "bad" : value).isEqualTo(records.get(i).value());
    }
    assertThat(all).filteredOn(DeliveryReport::isDelivered).hasSize(20);
    assertThat(get(producer.sendAll(List.of()))).isEmpty();
  }

  @Test
  void a_channel_takes_records_until_it_is_closed() throws Exception {
    ProducerChannel<String, String> channel = producer.channel();

    channel.put(ProducerRecord.record("lines", "put"));
    boolean isOffered = channel.offer(ProducerRecord.record("lines", "offered"));
    boolean isInTime = channel.offer(ProducerRecord.record("lines", "timed"), PATIENCE);
    get(producer.flush());

    assertThat(isOffered && isInTime).isTrue();
    assertThat(channel.pending()).isZero();
    assertThat(values("lines")).containsExactly("put", "offered", "timed");
    channel.close();
    assertThatThrownBy(() -> channel.put(ProducerRecord.record("lines", "late")))
        .isInstanceOf(ClosedException.class);
    get(producer.send("lines", "the producer is open"));
  }

  @Test
  void a_channel_tells_an_interrupted_sender_and_a_closed_producer() {
    ProducerChannel<String, String> channel = producer.channel();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> channel.put(ProducerRecord.record("lines", "interrupted")))
        .isInstanceOf(InterruptedException.class);
    producer.close(TO_CLOSE);

    assertThatThrownBy(() -> channel.offer(ProducerRecord.record("lines", "late")))
        .isInstanceOf(ClosedException.class);
    assertThat(channel.pending()).isZero();
  }

  @Test
  void a_stream_is_written_whole_and_in_order() throws Exception {
    try (SubmissionPublisher<ProducerRecord<String, String>> publisher =
        new SubmissionPublisher<>()) {
      publisher.subscribe(producer.subscriber());
      for (int i = 0; i < 1000; i++) {
        publisher.submit(ProducerRecord.record("lines", "v" + i));
      }
    }
    fake.await(() -> fake.records("lines").size() == 1000, PATIENCE);

    assertThat(values("lines").get(999)).isEqualTo("v999");
    assertThat(values("lines")).doesNotHaveDuplicates();
  }

  @Test
  void a_stream_goes_on_where_there_is_room_again() throws Exception {
    String large = "x".repeat(1000);
    try (Producer<String, String> small = builder().memory(128 << 10).batchBytes(8 << 10).start();
        SubmissionPublisher<ProducerRecord<String, String>> publisher =
            new SubmissionPublisher<>()) {
      publisher.subscribe(small.subscriber());
      for (int i = 0; i < 1000; i++) {
        publisher.submit(ProducerRecord.record("lines", large + i));
      }
      fake.await(() -> fake.partition("lines", 0).endOffset() == 1000, PATIENCE);
    }

    for (int i = 0; i < 1000; i++) {
      assertThat(values("lines").get(i)).endsWith("x" + i);
    }
  }

  @Test
  void threads_that_send_at_once_do_not_mix_up_their_records() throws Exception {
    int threads = 8;
    int each = 300;
    List<Thread> senders = new ArrayList<>();
    TopicProducer<String, String> orders = producer.topic("orders");
    for (int t = 0; t < threads; t++) {
      String name = "sender-" + t;
      senders.add(
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  orders.post(name, name + ":" + i);
                }
              }));
    }
    senders.forEach(Thread::start);
    for (Thread sender : senders) {
      sender.join();
    }
    get(producer.flush());

    assertThat(values("orders")).hasSize(threads * each).doesNotHaveDuplicates();
    assertThat(fake.records("orders"))
        .allMatch(record -> String.valueOf(record.value()).startsWith(record.key() + ":"));
    assertThat(reports).hasSize(threads * each).allMatch(DeliveryReport::isDelivered);
  }

  @Test
  void a_subscriber_subscribes_once() {
    Flow.Subscriber<ProducerRecord<String, String>> subscriber = producer.subscriber();
    List<String> events = new ArrayList<>();

    subscriber.onSubscribe(subscription(events, "first"));
    subscriber.onSubscribe(subscription(events, "second"));

    assertThat(events).containsExactly("first asked for 256", "second cancelled");
  }

  private static Flow.Subscription subscription(List<String> events, String name) {
    return new Flow.Subscription() {
      @Override
      public void request(long count) {
        events.add(name + " asked for " + count);
      }

      @Override
      public void cancel() {
        events.add(name + " cancelled");
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Acks.class)
  @Scenario("L8")
  void each_record_has_one_report_and_an_offset_where_one_is_known(Acks acks) throws Exception {
    TopicProducer<String, String> lines = producer.topic("lines", topic -> topic.acks(acks));
    BlockingQueue<DeliveryReport> heard = new LinkedBlockingQueue<>();

    for (int i = 0; i < 3; i++) {
      lines.send("k", "v" + i, report -> heard.add(report.copy()));
    }
    get(producer.flush());

    assertThat(heard).hasSize(3).allMatch(DeliveryReport::isDelivered);
    assertThat(reports).hasSize(3);
    List<Long> offsets = heard.stream().map(DeliveryReport::offset).toList();
    if (acks == Acks.NONE) {
      assertThat(offsets).containsOnly(Delivery.UNKNOWN_OFFSET);
    } else {
      assertThat(offsets).containsExactly(0L, 1L, 2L);
    }
    fake.await(() -> fake.records("lines").size() == 3, PATIENCE);
  }

  @Test
  @Scenario("L26")
  void whatever_goes_wrong_with_a_record_is_in_its_report_and_harms_no_other() throws Exception {
    Serializer<String> picky =
        (text, to) -> {
          to.writeUtf8(text);
          if (text.startsWith("bad")) {
            throw new IllegalStateException("I do not like it");
          }
        };
    try (Producer<String, String> other = builder().values(picky).start()) {
      OttlaException serializer = failureOf(other.send("lines", "bad"));
      OttlaException name = failureOf(other.send("a topic?", "v"));
      OttlaException size = failureOf(other.send("lines", "x".repeat(2 << 20)));
      OttlaException partition =
          failureOf(other.send(ProducerRecord.record("lines", 7, null, "nowhere")));
      get(other.send("lines", "good"));

      assertThat(serializer)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("lines")
          .hasMessageContaining("value")
          .hasMessageContaining("I do not like it");
      assertThat(name).isInstanceOf(RefusedException.class);
      assertThat(size)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("record.max.bytes");
      assertThat(partition).isInstanceOf(OttlaException.class);
    }
    assertThat(values("lines")).containsExactly("good");
    assertThat(reports).hasSize(5);
  }

  @Test
  void misuse_is_told_in_words() {
    assertThatThrownBy(
            () -> producer.send(WaysToSendTest.<ProducerRecord<String, String>>nothing()))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("the record is null");
    assertThatThrownBy(() -> producer.send(nothing(), "k", "v"))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("the topic is null");
    assertThatThrownBy(() -> producer.send("lines", "k", "v", nothing()))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("the listener is null");
    assertThat(reports).isEmpty();
  }

  // What a caller without null checks passes.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return new AtomicReference<T>().get();
  }

  @Test
  void after_close_every_record_is_reported_as_not_sent() throws Exception {
    producer.close(TO_CLOSE);
    producer.close(TO_CLOSE);

    OttlaException late = failureOf(producer.send("lines", "late"));

    assertThat(late).isInstanceOf(ClosedException.class);
    assertThat(late.outcome()).isEqualTo(SendOutcome.NOT_SENT);
  }

  @Test
  @Scenario("G31")
  void user_code_may_send_on_its_own_producer() throws Exception {
    AtomicReference<Producer<String, String>> self = new AtomicReference<>();
    CompletableFuture<Delivery> fromReport = new CompletableFuture<>();
    Serializer<String> chatty =
        (text, to) -> {
          to.writeUtf8(text.substring(0, 1));
          if (text.equals("outer")) {
            CompletableFuture<Delivery> unused =
                Objects.requireNonNull(self.get()).send("lines", "k", "inner");
          }
          to.writeUtf8(text.substring(1));
        };
    try (Producer<String, String> other = builder().values(chatty).start()) {
      self.set(other);
      get(other.send("lines", "k", "first")); // so that there is a buffer to be used again

      CompletableFuture<Void> sent =
          other
              .send("lines", "k", "outer")
              .thenAccept(
                  written -> {
                    CompletableFuture<Delivery> unused =
                        other
                            .send("lines", "k", "later")
                            .whenComplete((d, e) -> complete(fromReport, d, e));
                  });
      get(sent);
      get(fromReport);
    }

    assertThat(values("lines")).containsExactly("first", "inner", "outer", "later");
  }

  private static <T> void complete(CompletableFuture<T> future, T value, Throwable failure) {
    if (failure == null) {
      future.complete(value);
    } else {
      future.completeExceptionally(failure);
    }
  }

  @Test
  void a_producer_over_a_cluster_shares_what_it_knows_and_outlives_nothing_of_it()
      throws Exception {
    try (Cluster cluster = Ottla.cluster(fake.bootstrapServers())) {
      for (boolean isShared : List.of(true, false)) {
        try (Producer<byte[], byte[]> other =
            Ottla.producer(cluster).shareConnections(isShared).clientId("p" + isShared).start()) {
          get(other.send("lines", new byte[] {'x'}));
          assertThat(other.name()).isEqualTo("p" + isShared);
          assertThat(get(other.partitions("orders"))).isEqualTo(3);
        }
      }
      assertThat(get(cluster.clusterId())).isNotNull();
    }
    assertThat(values("lines")).containsExactly("x", "x");
  }

  @Test
  @Scenario("L1")
  void many_producers_come_and_go_and_share_nothing() throws Exception {
    for (int i = 0; i < 30; i++) {
      try (Producer<byte[], byte[]> one =
              Ottla.producer(fake.bootstrapServers()).clientId("one-" + i).start();
          Producer<String, String> two =
              Ottla.producer(fake.bootstrapServers())
                  .keys(Serializers.utf8())
                  .values(Serializers.utf8())
                  .start()) {
        if (i % 3 == 0) {
          get(two.send("lines", "v" + i));
        }
        assertThat(one.name()).isEqualTo("one-" + i);
      }
    }

    assertThat(fake.records("lines")).hasSize(10);
    fake.await(
        () -> fake.brokers().stream().allMatch(broker -> broker.connections() == 0), PATIENCE);
  }
}
