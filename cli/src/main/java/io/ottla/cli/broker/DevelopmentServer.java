package io.ottla.cli.broker;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.KafkaServerBuilder;
import io.ottla.testkit.KafkaServerException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Starts the Kafka that commands run for their users. */
public final class DevelopmentServer {
  private DevelopmentServer() {}

  /**
   * Starts a Kafka of one node.
   *
   * @param port 0 to take a free one
   * @param data null for a temporary directory
   */
  public static KafkaServer start(int port, @Nullable Path data) {
    KafkaServerBuilder builder = KafkaServer.builder();
    if (port != 0) {
      builder.port(port);
    }
    if (data != null) {
      builder.dataDirectory(data);
    }
    try {
      return builder.start();
    } catch (KafkaServerException e) {
      String firstLine = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CommandFailedException(ExitCode.FAILED, firstLine.replace("port(..)", "--port"), e);
    }
  }
}
