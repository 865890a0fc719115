package io.ottla.benchmarks.produce;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A Kafka of one node, with and without TLS. Each run has a topic of its own; the one before is
 * deleted, and logs are cut early, so that a long series does not fill the disk.
 */
final class KafkaTarget implements Target {
  private static final String TLS_LISTENER = "TLS";
  private static final Map<String, String> RETENTION =
      Map.of("segment.bytes", "134217728", "retention.bytes", "268435456");

  private final KafkaServer server;
  private final Path authority;
  private final Admin admin;
  private int topics;

  /**
   * @param directory for the certificate of its authority
   */
  KafkaTarget(Path directory) {
    TestCertificates certificates = TestCertificates.create();
    authority = certificates.writePem(directory.resolve("authority.pem")).toAbsolutePath();
    server =
        KafkaServer.builder()
            .jvmArguments("-Xmx2g", "-XX:TieredStopAtLevel=4")
            .property("log.retention.check.interval.ms", "2000")
            .property("log.segment.delete.delay.ms", "500")
            .listener(TLS_LISTENER, listener -> listener.tls(certificates.server("localhost")))
            .startTimeout(Duration.ofMinutes(2))
            .start();
    admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
  }

  @Override
  public ProduceArguments prepare(ProduceArguments arguments) throws IOException {
    String topic = "bench-" + ++topics;
    try {
      if (topics > 1) {
        admin.deleteTopics(List.of("bench-" + (topics - 1))).all().get();
      }
      NewTopic wanted =
          new NewTopic(topic, Optional.of(arguments.integer("partitions")), Optional.empty())
              .configs(RETENTION);
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      throw new IOException("no topic " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    ProduceArguments prepared = arguments.with("topic", topic);
    return arguments.is("tls")
        ? prepared
            .with("bootstrap", server.bootstrapServers(TLS_LISTENER))
            .with("ca", authority.toString())
        : prepared.with("bootstrap", server.bootstrapServers());
  }

  @Override
  public double cpuSeconds() throws IOException {
    return ProcessHandle.of(server.node(1).pid())
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow(() -> new IOException("the broker's CPU time is not known"))
            .toNanos()
        / 1e9;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
    server.close();
  }
}
