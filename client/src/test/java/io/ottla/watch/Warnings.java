package io.ottla.watch;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The warnings and errors that were logged by our code or by Netty. */
public final class Warnings {
  private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();

  private Warnings() {}

  /** Must come before the first logger writes. */
  static void install() {
    System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
  }

  /** Takes the warnings that match: the test expected them. */
  public static List<String> take(Predicate<String> expected) {
    List<String> taken = LOGGED.stream().filter(expected).toList();
    LOGGED.removeAll(taken);
    return taken;
  }

  /** Writes everything on, and keeps the lines that warn. */
  private static final class Tee extends OutputStream {
    private final PrintStream next;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Tee(PrintStream next) {
      this.next = next;
    }

    @Override
    public synchronized void write(int b) {
      next.write(b);
      if (b == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.matches(".* (WARN|ERROR) io\\.(ottla|netty)\\..*")) {
          LOGGED.add(text);
        }
      } else {
        line.write(b);
      }
    }

    @Override
    public void flush() {
      next.flush();
    }
  }
}
