package io.ottla.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test: no Netty buffer it did not release, no thread of ours, no warning it did not
 * expect. JUnit finds it by itself and applies it to all tests of the module.
 */
public final class NothingIsLeft implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(NothingIsLeft.class);

  static {
    OpenBuffers.install();
    Warnings.install();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(HERE).put("before", new HashSet<Object>(OpenBuffers.now()));
    Warnings.take(any -> true);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Set<?> before = context.getStore(HERE).getOrDefault("before", Set.class, Set.of());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(ourThreads()).as("threads left running").isEmpty());
    List<OpenBuffers.Tracker<?>> left =
        OpenBuffers.now().stream().filter(open -> !before.contains(open)).toList();
    if (!left.isEmpty()) {
      AssertionError leak = new AssertionError(left.size() + " buffers were not released");
      left.forEach(open -> leak.addSuppressed(OpenBuffers.origin(open)));
      throw leak;
    }
    assertThat(Warnings.take(any -> true)).as("warnings nobody expected").isEmpty();
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ottla-"))
        .toList();
  }
}
