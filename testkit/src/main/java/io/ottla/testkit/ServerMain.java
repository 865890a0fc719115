package io.ottla.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of a node's process: formats the log directory if that is new, then runs Kafka's
 * own main.
 *
 * <p>Always: the process ends when its standard input does, which is when the parent is gone,
 * however it went.
 */
final class ServerMain {
  /*
   * Implementation notes: Only this one class is put on the class path beside Kafka's jars, so it may use the JDK and
   * nothing else, and must not have nested classes. Formatting in here spares the second start of a JVM.
   */

  private ServerMain() {}

  /**
   * Arguments: the server's properties file, its log directory, the cluster id, a file with users.
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    endWithInput(System.in);
    String propertiesFile = arguments[0];
    Path logDirectory = Path.of(arguments[1]);
    String clusterId = arguments[2];
    if (!Files.exists(logDirectory.resolve("meta.properties"))) {
      format(propertiesFile, clusterId, Path.of(arguments[3]));
    }
    Class.forName("kafka.Kafka")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {propertiesFile});
  }

  private static void endWithInput(InputStream input) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (input.read() >= 0) {
                  // Nothing is ever sent; only the end counts.
                }
              } catch (IOException brokenPipe) {
                // The parent is gone all the same.
              }
              Runtime.getRuntime().halt(1);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** The users come out of a file, because command lines can be read by others. */
  private static void format(String propertiesFile, String clusterId, Path users)
      throws ReflectiveOperationException, IOException {
    List<String> arguments =
        new ArrayList<>(List.of("format", "--cluster-id", clusterId, "--config", propertiesFile));
    for (String user : Files.readAllLines(users)) {
      arguments.add("--add-scram");
      arguments.add(user);
    }
    String[] command = arguments.toArray(new String[0]);
    int code;
    try {
      code =
          (int)
              Class.forName("kafka.tools.StorageTool")
                  .getMethod("execute", String[].class, PrintStream.class)
                  .invoke(null, command, System.out);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot format the log directory", e.getCause());
    }
    if (code != 0) {
      throw new IllegalStateException("cannot format the log directory: exit code " + code);
    }
  }
}
