package io.ottla.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where a cluster lives on disk: a marker that says whose data it is, and a directory per node.
 *
 * <p>Owns: the directory and all in it while open, guarded by a file lock; deletes it at the end if
 * it is a temporary one.
 */
final class DataDirectory implements AutoCloseable {
  private static final String MARKER = "ottla-kafka.properties";
  private static final String LOCK = "ottla-kafka.lock";
  private static final List<String> LAUNCHER_FILES =
      List.of("log4j2.properties", "log4j.properties", "ServerMain.class");

  private final Path root;
  private final boolean temporary;
  private final FileChannel lock;
  private final String clusterId;

  private DataDirectory(Path root, boolean temporary, FileChannel lock, String clusterId) {
    this.root = root;
    this.temporary = temporary;
    this.lock = lock;
    this.clusterId = clusterId;
  }

  /**
   * The directory that the settings name, made if it does not exist, or a new temporary one.
   *
   * @throws KafkaServerException if it holds something else than data of such a cluster, or is in
   *     use
   */
  static DataDirectory open(ServerSettings settings) {
    try {
      Path given = settings.dataDirectory();
      boolean temporary = given == null;
      Path root =
          given == null
              ? Files.createTempDirectory("ottla-kafka-")
              : Files.createDirectories(given.toAbsolutePath());
      if (!Files.exists(root.resolve(MARKER))) {
        refuseForeign(root);
      }
      FileChannel lock = lock(root);
      try {
        String clusterId = markedClusterId(root, settings);
        writeLauncher(root);
        return new DataDirectory(root, temporary, lock, clusterId);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new KafkaServerException("cannot use the data directory: " + e, e);
    }
  }

  Path root() {
    return root;
  }

  boolean isTemporary() {
    return temporary;
  }

  String clusterId() {
    return clusterId;
  }

  /** On the class path of each node: its main class, and what it logs. */
  Path launcher() {
    return root.resolve("launcher");
  }

  Path ofNode(int id) {
    return root.resolve("node-" + id);
  }

  Path logDirectory(int id) {
    return ofNode(id).resolve("data");
  }

  /** What the node printed, over all its runs. */
  Path outputFile(int id) {
    return ofNode(id).resolve("server.log");
  }

  /** Makes the node's directory and writes its properties. */
  Path writeProperties(int id, Map<String, String> properties) {
    Path file = ofNode(id).resolve("server.properties");
    try {
      Files.createDirectories(ofNode(id));
      store(properties, file);
    } catch (IOException e) {
      throw new KafkaServerException("cannot write " + file + ": " + e, e);
    }
    return file;
  }

  /** Where the users are that a node's log directory is formatted with, one a line. */
  Path usersFile(int id) {
    return ofNode(id).resolve("users");
  }

  /** Writes the users, each as Kafka's tool wants them. */
  void writeUsers(int id, List<String> users) {
    try {
      Files.write(usersFile(id), users);
    } catch (IOException e) {
      throw new KafkaServerException("cannot write " + usersFile(id) + ": " + e, e);
    }
  }

  /** Gives the directory back: others may use it, or it is gone. */
  @Override
  public void close() {
    try {
      lock.close();
      if (temporary) {
        deleteAll(root);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new KafkaServerException("cannot give back the data directory " + root + ": " + e, e);
    }
  }

  private static void refuseForeign(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      if (files.anyMatch(file -> !file.endsWith(LOCK))) {
        throw new KafkaServerException(
            "data directory " + root + " is not empty and was not written by a KafkaServer");
      }
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another KafkaServer of this JVM has it.
    }
    channel.close();
    throw new KafkaServerException("data directory " + root + " is in use by another KafkaServer");
  }

  private static String markedClusterId(Path root, ServerSettings settings) throws IOException {
    Path marker = root.resolve(MARKER);
    String line = settings.version().line();
    String nodes = Integer.toString(settings.nodes());
    if (!Files.exists(marker)) {
      String clusterId = newClusterId();
      store(Map.of("version", line, "nodes", nodes, "cluster.id", clusterId), marker);
      return clusterId;
    }
    Properties found = new Properties();
    try (InputStream in = Files.newInputStream(marker)) {
      found.load(in);
    }
    String clusterId = found.getProperty("cluster.id");
    if (clusterId == null
        || !line.equals(found.getProperty("version"))
        || !nodes.equals(found.getProperty("nodes"))) {
      throw new KafkaServerException(
          ("data directory %s holds Kafka %s with %s node(s), but Kafka %s with %s was asked for;"
                  + " choose another directory or ask for what it holds")
              .formatted(
                  root, found.getProperty("version"), found.getProperty("nodes"), line, nodes));
    }
    return clusterId;
  }

  /**
   * 16 random bytes as Kafka writes them; never begins with a dash, which would read like an
   * option.
   */
  private static String newClusterId() {
    UUID random = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits() & Long.MAX_VALUE)
            .putLong(random.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void writeLauncher(Path root) throws IOException {
    Path classes = Files.createDirectories(root.resolve("launcher"));
    Path ofPackage =
        Files.createDirectories(
            classes.resolve(DataDirectory.class.getPackageName().replace('.', '/')));
    for (String name : LAUNCHER_FILES) {
      try (InputStream in = DataDirectory.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IOException("the test kit's own " + name + " is not on its class path");
        }
        Files.copy(in, ofPackage.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void store(Map<String, String> properties, Path file) throws IOException {
    Properties all = new Properties();
    all.putAll(properties);
    try (Writer writer = Files.newBufferedWriter(file)) {
      all.store(writer, null);
    }
  }

  private static void deleteAll(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
