package io.ottla.cli.bench;

import io.ottla.cli.cluster.Answers;
import io.ottla.cli.produce.Deliveries;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.TopicProducer;
import io.ottla.testkit.load.LoadClient;
import io.ottla.testkit.load.TimedRecord;

/** Ottla's producer under load. Its listener hears of failures only, which must be counted. */
final class OttlaLoad implements LoadClient {
  private final Producer<byte[], byte[]> producer;
  private final TopicProducer<byte[], byte[]> topic;
  private final Deliveries failures;

  OttlaLoad(Producer<byte[], byte[]> producer, String topic, Deliveries failures) {
    this.producer = producer;
    this.topic = producer.topic(topic);
    this.failures = failures;
  }

  @Override
  public void send(byte[] value) {
    topic.post(null, value);
  }

  @Override
  public void sendTimed(byte[] value, TimedRecord record) {
    topic.send(null, value, report -> tell(report, record));
  }

  @Override
  public void flush() throws InterruptedException {
    Object unused = Answers.await(producer.flush());
  }

  @Override
  public long failed() {
    return failures.failed();
  }

  private static void tell(DeliveryReport report, TimedRecord record) {
    if (report.isDelivered()) {
      record.delivered();
    }
  }
}
