package io.ottla.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.Broker;
import io.ottla.Ottla;
import io.ottla.consumer.FetchLimits;
import io.ottla.consumer.FetchPosition;
import io.ottla.consumer.FetchResult;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes three records to partition 0 of a topic through one broker, and reads them back. */
public final class SingleBroker {
  private SingleBroker() {}

  /**
   * @param args host, port, and a topic that exists
   */
  public static void main(String[] args) {
    run(args[0], Integer.parseInt(args[1]), args[2], System.out);
  }

  static void run(String host, int port, String topic, PrintStream out) {
    try (Broker broker = Ottla.broker(host, port)) {
      List<ProducerRecord<byte[], byte[]>> orders =
          List.of(
              order(topic, "o-1", "12.50"),
              order(topic, "o-2", "7.00"),
              order(topic, "o-3", "99.95"));
      ProduceResult written =
          broker
              .produce(orders, Acks.ALL, Duration.ofSeconds(30), Compression.gzip())
              .join()
              .get(0);
      if (written.error() != ErrorCode.NONE) {
        throw new IllegalStateException("not written: " + written);
      }

      FetchPosition from = new FetchPosition(topic, 0, written.baseOffset());
      FetchResult read = broker.fetch(List.of(from), FetchLimits.defaults()).join().get(0);
      for (RecordBatch batch : read.batches()) {
        batch.verifyCrc();
        try (RecordCursor records = batch.cursor()) {
          while (records.next()) {
            out.println(records.offset() + " " + text(records.key()) + " " + text(records.value()));
          }
        }
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> order(String topic, String id, String price) {
    return ProducerRecord.record(topic, 0, id.getBytes(UTF_8), price.getBytes(UTF_8));
  }

  private static String text(byte @Nullable [] utf8) {
    return utf8 == null ? "null" : new String(utf8, UTF_8);
  }
}
