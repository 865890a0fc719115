package io.ottla.testkit;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the command line of a node's process. */
final class NodeCommand {
  /*
   * Implementation notes: The JVM is tuned for a quick start, not for throughput. Both generations of log4j are pointed
   * to our configuration; each ignores the other's property.
   */
  private static final List<String> JVM_ARGUMENTS =
      List.of(
          "-Xmx512m",
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "-Djava.awt.headless=true",
          "-Dfile.encoding=UTF-8",
          "-Dlog4j2.disable.jmx=true");

  private NodeCommand() {}

  static List<String> of(
      ServerSettings settings, String classPath, DataDirectory data, int nodeId, Path properties) {
    Path configurations = data.launcher().resolve("io/ottla/testkit");
    List<String> command = new ArrayList<>();
    command.add(settings.javaHome().resolve("bin").resolve("java").toString());
    command.addAll(JVM_ARGUMENTS);
    command.add(
        "-Dlog4j2.configurationFile=" + configurations.resolve("log4j2.properties").toUri());
    command.add("-Dlog4j.configuration=" + configurations.resolve("log4j.properties").toUri());
    command.addAll(settings.jvmArguments());
    command.add("-cp");
    command.add(data.launcher() + File.pathSeparator + classPath);
    command.add(ServerMain.class.getName());
    command.add(properties.toString());
    command.add(data.logDirectory(nodeId).toString());
    command.add(data.clusterId());
    command.add(data.usersFile(nodeId).toString());
    return command;
  }
}
