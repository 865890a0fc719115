package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.Producer;
import io.ottla.producer.TopicProducer;
import io.ottla.serde.Serializers;
import io.ottla.testkit.bench.NullBroker;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What a sender's thread allocates. Loosely: batches, requests and the compiler's warm-up have
 * their share; one small object per record more would be seen.
 */
class SendAllocationTest {
  private static final int RECORDS = 100_000;
  private static final double MOST_BYTES_PER_RECORD = 12; // the smallest object has 16

  private static double bytesPerRecord(Runnable send) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < RECORDS; i++) {
      send.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RECORDS; i++) {
      send.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) RECORDS;
  }

  private static void withProducer(Consumer<Producer<String, byte[]>> test) throws Exception {
    try (NullBroker broker = NullBroker.builder().topic("data", 2).start();
        Producer<String, byte[]> producer =
            Ottla.producer("localhost:" + broker.port())
                .keys(Serializers.utf8())
                .memory(128 << 20)
                .linger(Duration.ofMillis(50))
                .start()) {
      test.accept(producer);
      producer.flush().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_record_that_is_posted_allocates_nothing() throws Exception {
    byte[] value = new byte[100];
    withProducer(
        producer -> {
          TopicProducer<String, byte[]> topic = producer.topic("data");

          assertThat(bytesPerRecord(() -> topic.post(null, value)))
              .isLessThan(MOST_BYTES_PER_RECORD);
          assertThat(bytesPerRecord(() -> topic.post("a key", value)))
              .as("with a key that is serialized")
              .isLessThan(MOST_BYTES_PER_RECORD);
        });
  }

  @Test
  void a_record_with_a_listener_allocates_nothing() throws Exception {
    byte[] value = new byte[100];
    AtomicLong heard = new AtomicLong();
    DeliveryListener listener = report -> heard.incrementAndGet();
    withProducer(
        producer -> {
          TopicProducer<String, byte[]> topic = producer.topic("data");

          // A batch keeps a place for each listener, of 4 or 8 bytes.
          assertThat(bytesPerRecord(() -> topic.send("a key", value, listener)))
              .isLessThan(MOST_BYTES_PER_RECORD + 8);
          assertThat(bytesPerRecord(() -> producer.send("data", "a key", value, listener)))
              .isLessThan(MOST_BYTES_PER_RECORD + 8);
        });
    assertThat(heard).hasValue(4 * RECORDS);
  }
}
