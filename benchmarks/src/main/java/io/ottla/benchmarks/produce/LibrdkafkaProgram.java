package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Our program for librdkafka, compiled with what this machine has: gcc, and the library with its
 * headers as the package librdkafka-dev brings them, or as the environment says: {@code LIBRDKAFKA}
 * names a directory with {@code include} and {@code lib}.
 */
final class LibrdkafkaProgram {
  private static final Path SOURCE = Path.of("benchmarks/src/main/c/produce_librdkafka.c");
  private static final int COMPILE_SECONDS = 60;

  private LibrdkafkaProgram() {}

  /** Empty if there is no compiler or no librdkafka; it says so on the error stream. */
  static Optional<Path> compile(Path directory) throws IOException, InterruptedException {
    Path program = directory.resolve("produce_librdkafka").toAbsolutePath();
    Path log = directory.resolve("produce_librdkafka.log");
    List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-o", program.toString()));
    String home = System.getenv("LIBRDKAFKA");
    if (home != null) {
      command.addAll(
          List.of("-I" + home + "/include", "-L" + home + "/lib", "-Wl,-rpath," + home + "/lib"));
    }
    command.addAll(List.of(SOURCE.toString(), "-lrdkafka", "-lpthread"));
    try {
      Process compiler =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) && compiler.exitValue() == 0) {
        return Optional.of(program);
      }
      compiler.destroyForcibly();
    } catch (IOException e) {
      Files.writeString(log, e.toString());
    }
    System.err.println("without librdkafka: it needs gcc and librdkafka's headers; see " + log);
    return Optional.empty();
  }
}
