package io.ottla.stats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Writes statistics as JSON. */
final class StatsJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MICROS_SCALE = 3; // of milliseconds

  private final JsonGenerator out;

  private StatsJson(JsonGenerator out) {
    this.out = out;
  }

  static String of(ProducerStats stats) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      new StatsJson(out).write(stats);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a string: never
    }
    return text.toString();
  }

  private void write(ProducerStats stats) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "producer");
    out.writeStringField("name", stats.name());
    out.writeNumberField("time_ms", stats.takenAtMs());
    write("age_ms", stats.age());
    write("window_ms", stats.window());
    write(stats.buffer());
    write(stats.records());
    write(stats.batches());
    write(stats.rates());
    write("queue_time", stats.queueTime());
    write("broker_time", stats.brokerTime());
    write("total_time", stats.totalTime());
    out.writeObjectFieldStart("brokers");
    for (BrokerStats broker : stats.brokers().values()) {
      write(broker);
    }
    out.writeEndObject();
    out.writeObjectFieldStart("topics");
    for (TopicStats topic : stats.topics().values()) {
      write(topic);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void write(BufferStats buffer) throws IOException {
    out.writeObjectFieldStart("buffer");
    out.writeNumberField("records", buffer.records());
    out.writeNumberField("bytes", buffer.bytes());
    out.writeNumberField("limit_bytes", buffer.limitBytes());
    out.writeNumberField("waiting_senders", buffer.waitingSenders());
    out.writeNumberField("blocked_sends", buffer.blockedSends());
    write("blocked_ms", buffer.blockedTime());
    out.writeEndObject();
  }

  private void write(RecordCounts records) throws IOException {
    out.writeObjectFieldStart("records");
    out.writeNumberField("delivered", records.delivered());
    out.writeNumberField("failed", records.failed());
    out.writeNumberField("retried", records.retried());
    out.writeNumberField("refused", records.refused());
    out.writeNumberField("dropped", records.dropped());
    out.writeNumberField("diverted", records.diverted());
    out.writeEndObject();
  }

  private void write(BatchStats batches) throws IOException {
    out.writeObjectFieldStart("batches");
    out.writeNumberField("count", batches.count());
    out.writeNumberField("records", batches.records());
    out.writeNumberField("raw_bytes", batches.rawBytes());
    out.writeNumberField("sealed_bytes", batches.sealedBytes());
    out.writeNumberField("largest_bytes", batches.largestBytes());
    out.writeEndObject();
  }

  private void write(SendRates rates) throws IOException {
    out.writeObjectFieldStart("rates");
    write("records_per_second", rates.recordsPerSecond());
    write("batches_per_second", rates.batchesPerSecond());
    write("bytes_per_second", rates.bytesPerSecond());
    out.writeEndObject();
  }

  private void write(String name, LatencyStats latency) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeNumberField("count", latency.count());
    write("mean_ms", latency.mean());
    write("p50_ms", latency.p50());
    write("p95_ms", latency.p95());
    write("p99_ms", latency.p99());
    write("p999_ms", latency.p999());
    write("max_ms", latency.max());
    out.writeEndObject();
  }

  private void write(BrokerStats broker) throws IOException {
    out.writeObjectFieldStart(Integer.toString(broker.id()));
    out.writeNumberField("requests", broker.requests());
    out.writeNumberField("batches", broker.batches());
    out.writeNumberField("bytes", broker.bytes());
    out.writeNumberField("failures", broker.failures());
    out.writeNumberField("requests_in_flight", broker.requestsInFlight());
    out.writeNumberField("batches_in_flight", broker.batchesInFlight());
    write("requests_per_second", broker.requestsPerSecond());
    write("bytes_per_second", broker.bytesPerSecond());
    write("round_trip", broker.roundTrip());
    out.writeEndObject();
  }

  private void write(TopicStats topic) throws IOException {
    out.writeObjectFieldStart(topic.topic());
    out.writeNumberField("pending_records", topic.pendingRecords());
    out.writeNumberField("pending_bytes", topic.pendingBytes());
    write(topic.records());
    write(topic.batches());
    write(topic.rates());
    write("queue_time", topic.queueTime());
    write("total_time", topic.totalTime());
    out.writeObjectFieldStart("partitions");
    for (PartitionStats partition : topic.partitions()) {
      write(partition);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void write(PartitionStats partition) throws IOException {
    out.writeObjectFieldStart(Integer.toString(partition.partition()));
    out.writeNumberField("pending_records", partition.pendingRecords());
    out.writeNumberField("pending_bytes", partition.pendingBytes());
    write(partition.records());
    write(partition.batches());
    write("mean_ms", partition.meanTime());
    write("longest_ms", partition.longestTime());
    out.writeEndObject();
  }

  private void write(String name, Duration time) throws IOException {
    out.writeFieldName(name);
    out.writeNumber(BigDecimal.valueOf(time.toNanos() / 1_000, MICROS_SCALE));
  }

  private void write(String name, double rate) throws IOException {
    out.writeFieldName(name);
    out.writeNumber(BigDecimal.valueOf(rate).setScale(1, RoundingMode.HALF_UP));
  }
}
