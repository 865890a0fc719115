package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts clients, each run in a process of its own, and reads what they measured. */
final class ClientProcess {
  private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g");
  private static final int PATIENCE_SECONDS = 300;

  private final Path directory;
  private final Optional<Path> librdkafka;
  private final String java =
      Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
  private final String classPath = System.getProperty("java.class.path", "");

  /**
   * @param directory for its files
   */
  ClientProcess(Path directory, Optional<Path> librdkafka) {
    this.directory = directory;
    this.librdkafka = librdkafka;
  }

  boolean has(Client client) {
    return client.runsOnJvm() || librdkafka.isPresent();
  }

  /** The options that all JVMs of clients have. */
  static String jvmOptions() {
    return String.join(" ", JVM);
  }

  Figures run(Client client, ProduceArguments arguments) throws IOException, InterruptedException {
    return run(client, JVM, arguments);
  }

  /**
   * Runs a client to its end.
   *
   * @throws IOException if it said no figures; with what it said instead
   */
  Figures run(Client client, List<String> jvm, ProduceArguments arguments)
      throws IOException, InterruptedException {
    List<String> command = command(client, jvm);
    command.addAll(arguments.with("client", client.id()).toCommand());
    Path out = directory.resolve("client.out");
    Path errors = directory.resolve("client.err");
    command.addAll(List.of("--started-micros", Long.toString(nowMicros())));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException(client.title() + " did not end within " + PATIENCE_SECONDS + " s");
    }
    String said = Files.readString(out);
    if (process.exitValue() != 0 || !said.startsWith("{")) {
      throw new IOException(
          "%s ended with %d: %s%s"
              .formatted(client.title(), process.exitValue(), said, Files.readString(errors)));
    }
    return Figures.parse(said);
  }

  private List<String> command(Client client, List<String> jvm) {
    List<String> command = new ArrayList<>();
    if (client.runsOnJvm()) {
      command.add(java);
      command.addAll(jvm);
      command.addAll(List.of("-cp", classPath, ProduceMain.class.getName()));
    } else {
      command.add(librdkafka.orElseThrow().toString());
    }
    return command;
  }

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
