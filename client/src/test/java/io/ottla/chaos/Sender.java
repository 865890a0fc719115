package io.ottla.chaos;

import static io.ottla.producer.ProducerRecord.ANY_PARTITION;
import static io.ottla.producer.ProducerRecord.NO_TIMESTAMP;

import io.ottla.error.OttlaException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.TopicProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends records in bursts, in every way that a producer has, and enters in the ledger what it sent
 * and what it heard. Each run is a burst; one thread at a time.
 */
public final class Sender implements Runnable {
  private static final int MAX_BURST = 8;

  private final Producer<byte[], byte[]> producer;
  private final TopicProducer<byte[], byte[]> topic;
  private final int partitions;
  private final Ledger ledger;
  private final int id;
  private final Random random;

  /** A sender to one topic. */
  public Sender(
      Producer<byte[], byte[]> producer,
      String topic,
      int partitions,
      Ledger ledger,
      int id,
      long seed) {
    this.producer = producer;
    this.topic = producer.topic(topic);
    this.partitions = partitions;
    this.ledger = ledger;
    this.id = id;
    this.random = new Random(seed + id);
  }

  /** For the producer's own listener: enters that it heard of a record. */
  public static DeliveryListener overhearing(Ledger ledger) {
    return report -> {
      if (report.ref() instanceof Payload record) {
        ledger.overheard(record, Fate.of(report.error()), report.partition(), report.offset());
      } else {
        ledger.findings().add(Finding.MISTAKEN_REPORT, "of " + report.ref());
      }
    };
  }

  @Override
  public void run() {
    try {
      for (int left = 1 + random.nextInt(MAX_BURST); left > 0; left--) {
        sendOne();
      }
    } catch (RuntimeException | Error thrown) {
      ledger.findings().add(Finding.THREW, "sender " + id + ": " + thrown);
      throw thrown;
    }
  }

  private void sendOne() {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> {
        Payload sent = next();
        CompletableFuture<Delivery> unused =
            producer
                .send(record(sent))
                .whenComplete((delivery, failure) -> heard(sent, delivery, failure));
      }
      case 3, 4, 5 -> {
        Payload sent = next();
        if (!producer.trySend(record(sent), report -> heard(sent, report))) {
          ledger.notTaken(sent);
        }
      }
      case 6 -> sendSeveral();
      case 7, 8, 9 -> {
        Payload sent = next();
        producer.send(record(sent), report -> heard(sent, report));
      }
      default -> {
        Payload sent = next();
        topic.send(
            Math.max(sent.way(), ANY_PARTITION),
            NO_TIMESTAMP,
            sent.key(),
            sent.value(),
            List.of(),
            sent,
            report -> heard(sent, report));
      }
    }
  }

  private void sendSeveral() {
    List<Payload> sent = List.of(next(), next(), next());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    sent.forEach(each -> records.add(record(each)));
    CompletableFuture<List<DeliveryReport>> unused =
        producer
            .sendAll(records)
            .whenComplete(
                (reports, failure) -> {
                  if (failure != null || reports.size() != sent.size()) {
                    ledger.findings().add(Finding.THREW, "sendAll: " + failure);
                    return;
                  }
                  for (int i = 0; i < sent.size(); i++) {
                    heard(sent.get(i), reports.get(i));
                  }
                });
  }

  private Payload next() {
    int dice = random.nextInt(10);
    int way = dice < 3 ? Payload.KEYLESS : dice < 7 ? Payload.KEYED : random.nextInt(partitions);
    return ledger.next(id, way);
  }

  private ProducerRecord<byte[], byte[]> record(Payload sent) {
    return new ProducerRecord<>(
        topic.topic(),
        Math.max(sent.way(), ANY_PARTITION),
        NO_TIMESTAMP,
        sent.key(),
        sent.value(),
        List.of(),
        sent);
  }

  private void heard(Payload sent, DeliveryReport report) {
    boolean isOfThis =
        sent.equals(report.ref())
            && report.topic().equals(topic.topic())
            && sent.equals(Payload.of(report.value()));
    if (!isOfThis) {
      ledger
          .findings()
          .add(Finding.MISTAKEN_REPORT, sent + ": " + report.ref() + " " + report.topic());
    }
    ledger.reported(sent, Fate.of(report.error()), report.partition(), report.offset());
  }

  private void heard(Payload sent, @Nullable Delivery delivery, @Nullable Throwable failure) {
    if (delivery != null) {
      ledger.reported(sent, Fate.ACKED, delivery.partition(), delivery.offset());
    } else if (failure instanceof OttlaException error) {
      ledger.reported(sent, Fate.of(error), DeliveryReport.NO_PARTITION, -1);
    } else {
      ledger.findings().add(Finding.THREW, sent + ": " + failure);
    }
  }
}
