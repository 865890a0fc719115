package io.ottla.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of one node.
 *
 * <p>Owns: the process, the pipe to its standard input (whose end makes it end), and the thread
 * that reads what it prints. Thread: any.
 */
final class NodeProcess {
  /*
   * Implementation notes: Signals go through the process handle, because Process.destroy also closes the pipes, and
   * the node would take the end of its input for the end of the parent and halt instead of stopping in order. The
   * reading thread keeps the Process, and so the pipe, from being collected.
   */
  private static final int LOG_PATIENCE_SECONDS = 5;

  private final Process process;
  private final CompletableFuture<@Nullable Void> logRead;

  private NodeProcess(Process process, CompletableFuture<@Nullable Void> logRead) {
    this.process = process;
    this.logRead = logRead;
  }

  static NodeProcess spawn(
      String name, List<String> command, Path directory, Path output, LogRing log) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new KafkaServerException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
    CompletableFuture<@Nullable Void> logRead = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              read(process, output, log);
              closeInput(process);
              logRead.complete(null);
            },
            name + "-log");
    reader.setDaemon(true);
    reader.start();
    return new NodeProcess(process, logRead);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Only after its end. */
  int exitCode() {
    return process.exitValue();
  }

  /** Asks it to stop in order (SIGTERM). */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Ends it at once (SIGKILL). */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  boolean awaitExit(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** After its end: waits until all it printed has been read. */
  void awaitLog() {
    logRead.copy().completeOnTimeout(null, LOG_PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /**
   * Ends all of them, in order if that takes no longer than {@code patience}, else at once. Returns
   * when they are gone and what they printed has been read; an interrupt makes it not wait for
   * order, and stays set.
   */
  static void endAll(List<NodeProcess> processes, Duration patience) {
    boolean interrupted = false;
    if (!patience.isZero()) {
      processes.forEach(NodeProcess::terminate);
      Deadline deadline = Deadline.in(patience);
      try {
        for (NodeProcess process : processes) {
          process.awaitExit(deadline.left());
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    processes.forEach(NodeProcess::kill);
    for (NodeProcess process : processes) {
      process.process.onExit().join();
      process.awaitLog();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(Process process, Path output, LogRing log) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        PrintWriter file =
            new PrintWriter(
                Files.newBufferedWriter(
                    output, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        file.println(log.masked(line));
        file.flush();
      }
    } catch (IOException e) {
      log.add("(the test kit can no longer read this log: " + e + ")");
    }
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Nobody reads there any more.
    }
  }
}
