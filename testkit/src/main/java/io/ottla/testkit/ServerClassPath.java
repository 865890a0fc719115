package io.ottla.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the jars of Kafka's server: where the builder says, else a system property, else this JVM's
 * class path.
 */
final class ServerClassPath {
  private static final Pattern SERVER_JAR =
      Pattern.compile("kafka_\\d+\\.\\d+-(\\d+\\.\\d+)\\.[0-9.]+\\.jar");

  private ServerClassPath() {}

  /**
   * The class path of the server, as the {@code java} command takes it.
   *
   * @throws KafkaServerException if there is none, or only one of another version
   */
  static String find(ServerSettings settings) {
    KafkaVersion version = settings.version();
    if (settings.classPath() != null) {
      return ofDirectory(settings.classPath(), version, "classPath(..)");
    }
    String property = System.getProperty(version.classPathProperty());
    if (property != null) {
      return ofDirectory(
          Path.of(property), version, "system property " + version.classPathProperty());
    }
    String running = versionOnRunningClassPath();
    if (running != null && running.startsWith(version.line() + ".")) {
      return ofRunningJvm();
    }
    throw new KafkaServerException(
        "no server of Kafka "
            + version.line()
            + " found: neither classPath(..) nor the system property "
            + version.classPathProperty()
            + " is set, and the class path of this JVM has "
            + (running == null ? "no kafka.Kafka" : "Kafka " + running)
            + "; name a directory with the server's jars (the libs of a Kafka installation will"
            + " do), or add org.apache.kafka:kafka_2.13 of that version to the class path");
  }

  private static String ofDirectory(Path directory, KafkaVersion version, String namedBy) {
    List<Path> jars = jarsIn(directory, namedBy);
    List<Matcher> servers =
        jars.stream()
            .map(jar -> SERVER_JAR.matcher(jar.getFileName().toString()))
            .filter(Matcher::matches)
            .toList();
    String where = directory + ", named by " + namedBy + ",";
    if (servers.isEmpty()) {
      throw new KafkaServerException(
          where
              + " has no kafka_2.13-"
              + version.line()
              + ".x.jar among its "
              + jars.size()
              + " jars; it must hold all jars of Kafka's server (in Ottla's own build:"
              + " mvn package -pl brokers/kafka-"
              + version.line()
              + ")");
    }
    if (servers.size() > 1) {
      throw new KafkaServerException(
          where + " holds more than one server, " + names(servers) + "; empty it and fill it anew");
    }
    if (!servers.get(0).group(1).equals(version.line())) {
      throw new KafkaServerException(
          where + " holds " + names(servers) + ", but Kafka " + version.line() + " was asked for");
    }
    return jars.stream()
        .map(jar -> jar.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> jarsIn(Path directory, String namedBy) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new KafkaServerException(
          "cannot list the jars of Kafka's server in "
              + directory
              + ", named by "
              + namedBy
              + ": "
              + e,
          e);
    }
  }

  private static String names(List<Matcher> servers) {
    return servers.stream().map(Matcher::group).collect(Collectors.joining(" and "));
  }

  private static @Nullable String versionOnRunningClassPath() {
    ClassLoader loader = ServerClassPath.class.getClassLoader();
    if (loader == null || loader.getResource("kafka/Kafka.class") == null) {
      return null;
    }
    try (InputStream in = loader.getResourceAsStream("kafka/kafka-version.properties")) {
      if (in == null) {
        return "of unknown version";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "of unknown version");
    } catch (IOException e) {
      return "of unreadable version (" + e + ")";
    }
  }

  private static String ofRunningJvm() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
