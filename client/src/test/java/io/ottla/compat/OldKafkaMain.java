package io.ottla.compat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The main class of an old broker's process: runs ZooKeeper's own main on a thread, then Kafka's.
 * The process ends when its standard input does, which is when the parent is gone.
 */
final class OldKafkaMain {
  /*
   * Implementation notes: Only this one class is put on the class path beside Kafka's jars, so it may use the JDK and
   * nothing else, and must not have nested classes.
   */

  private OldKafkaMain() {}

  /** Arguments: ZooKeeper's port, its directory, the broker's properties file. */
  public static void main(String[] arguments) throws Exception {
    watch(System.in);
    int port = Integer.parseInt(arguments[0]);
    Method zooKeeper =
        Class.forName("org.apache.zookeeper.server.ZooKeeperServerMain")
            .getMethod("main", String[].class);
    daemon("zookeeper", () -> run(zooKeeper, arguments[0], arguments[1]));
    while (!accepts(port)) {
      Thread.onSpinWait();
    }
    run(Class.forName("kafka.Kafka").getMethod("main", String[].class), arguments[2]);
  }

  private static void run(Method main, String... arguments) {
    try {
      main.invoke(null, (Object) arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(main.toString(), e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void watch(InputStream input) {
    daemon(
        "parent-watch",
        () -> {
          try {
            while (input.read() >= 0) {
              // Nothing is ever sent; only the end counts.
            }
          } catch (IOException brokenPipe) {
            // The parent is gone all the same.
          }
          Runtime.getRuntime().halt(1);
        });
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
