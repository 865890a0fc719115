package io.ottla.compat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One broker of a line before KRaft, with its ZooKeeper, in one process on 127.0.0.1. Topics are
 * created when they are first used, with three partitions.
 *
 * <p>Owns: the process and a temporary directory; both are gone after {@link #close}. The jars are
 * in the directory that the system property {@code ottla.kafka.LINE} names.
 */
public final class OldKafka implements AutoCloseable {
  private static final int START_SECONDS = 90;

  private final String line;
  private final Path directory;
  private final int port;
  private final Process process;

  private OldKafka(String line, Path directory, int port, Process process) {
    this.line = line;
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** Starts one; returns when it accepts connections. */
  public static OldKafka start(String line) throws IOException, InterruptedException {
    String jars = System.getProperty("ottla.kafka." + line);
    if (jars == null || !Files.isDirectory(Path.of(jars))) {
      throw new IllegalStateException("no jars of Kafka " + line + " at " + jars);
    }
    Path directory = Files.createTempDirectory("ottla-kafka-" + line + "-");
    int port = freePort();
    int zooKeeperPort = freePort();
    Path properties = directory.resolve("server.properties");
    Files.write(properties, properties(directory, port, zooKeeperPort, line));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dzookeeper.admin.enableServer=false", "-cp"));
    command.add(mainClass(directory) + ":" + jars + "/*");
    command.add(OldKafkaMain.class.getName());
    command.add("" + zooKeeperPort);
    command.addAll(List.of(directory.resolve("zookeeper").toString(), properties.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile())
            .start();
    OldKafka kafka = new OldKafka(line, directory, port, process);
    kafka.awaitStart();
    return kafka;
  }

  private static List<String> properties(Path directory, int port, int zooKeeperPort, String line) {
    List<String> all = new ArrayList<>();
    all.add("broker.id=1");
    all.add("zookeeper.connect=127.0.0.1:" + zooKeeperPort);
    all.add("zookeeper.connection.timeout.ms=60000");
    all.add("log.dirs=" + directory.resolve("log"));
    all.add("num.partitions=3");
    all.add("auto.create.topics.enable=true");
    all.add("offsets.topic.replication.factor=1");
    all.add("offsets.topic.num.partitions=1");
    all.add("transaction.state.log.replication.factor=1");
    all.add("transaction.state.log.min.isr=1");
    if (line.equals("0.8.2")) {
      all.add("host.name=127.0.0.1");
      all.add("port=" + port);
    } else {
      all.add("listeners=PLAINTEXT://127.0.0.1:" + port);
    }
    return all;
  }

  /** A directory with the one class that the process has of ours. */
  private static Path mainClass(Path directory) throws IOException {
    String name = OldKafkaMain.class.getName().replace('.', '/') + ".class";
    Path root = directory.resolve("main");
    Path file = root.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try (InputStream bytes = OldKafka.class.getClassLoader().getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(bytes), file);
    }
    return root;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!accepts()) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        List<String> log = Files.readAllLines(directory.resolve("output.log"));
        close();
        throw new IllegalStateException(
            "Kafka " + line + " does not start\n" + String.join("\n", log));
      }
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** As clients want it. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
