package io.ottla;

import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Sends records in all the ways that there are, in bursts, and notes each of them. */
final class ChaosSender implements Runnable {
  private static final int MOST_IN_A_BURST = 40;
  private static final int LARGEST = 3000;

  private final Producer<String, String> producer;
  private final SentLedger ledger;
  private final String name;
  private final Random random;
  private final AtomicBoolean goesOn;
  private int number;

  ChaosSender(
      Producer<String, String> producer,
      SentLedger ledger,
      String name,
      Random random,
      AtomicBoolean goesOn) {
    this.producer = producer;
    this.ledger = ledger;
    this.name = name;
    this.random = random;
    this.goesOn = goesOn;
  }

  @Override
  public void run() {
    while (goesOn.get()) {
      int burst = 1 + random.nextInt(MOST_IN_A_BURST);
      for (int i = 0; i < burst && goesOn.get(); i++) {
        sendOne();
      }
      if (random.nextInt(20) == 0) {
        CompletableFuture<Void> unused = producer.flush();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(20)));
    }
  }

  private void sendOne() {
    boolean isOrder = random.nextInt(3) > 0;
    String topic = isOrder ? "orders" : "bills";
    int partition =
        random.nextInt(3) > 0 ? random.nextInt(isOrder ? 6 : 3) : ProducerRecord.ANY_PARTITION;
    String key = random.nextInt(3) > 0 ? name : null;
    String id = name + "." + number++;
    ProducerRecord<String, String> record =
        new ProducerRecord<>(
            topic,
            partition,
            ProducerRecord.NO_TIMESTAMP,
            key,
            id + " " + "x".repeat(random.nextInt(10) == 0 ? random.nextInt(LARGEST) : 10),
            List.of(new Header("id", id.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
            id);
    boolean keepsOrder = partition != ProducerRecord.ANY_PARTITION;
    ledger.onSend(id, name, number, keepsOrder);
    switch (random.nextInt(4)) {
      case 0 -> {
        CompletableFuture<Delivery> unused = producer.send(record);
      }
      case 1 -> producer.send(record, ledger::onOwnReport);
      case 2 -> {
        if (!producer.trySend(record)) {
          ledger.onNotTaken(id);
        }
      }
      default ->
          producer
              .topic(topic)
              .send(partition, -1, key, record.value(), record.headers(), id, null);
    }
  }
}
