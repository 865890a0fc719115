package io.ottla.internal.admin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.Admin;
import io.ottla.Ottla;
import io.ottla.error.OttlaException;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeClusterBuilder;
import io.ottla.testkit.fake.KafkaRelease;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** An administration over a fake cluster; both are closed after the test. */
@Timeout(30)
abstract class AdminTestBase {
  private static final int PATIENCE_SECONDS = 20;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  final FakeCluster start(FakeClusterBuilder builder) {
    FakeCluster cluster = builder.start();
    open.push(cluster);
    return cluster;
  }

  final FakeCluster start(KafkaRelease release) {
    return start(FakeCluster.builder().release(release));
  }

  final Admin admin(FakeCluster cluster) {
    Admin admin = Ottla.admin(cluster.bootstrapServers());
    open.push(admin);
    return admin;
  }

  final Admin admin(KafkaRelease release) {
    return admin(start(release));
  }

  /** Waits for what must come. */
  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for what must fail, with this. */
  static AbstractThrowableAssert<?, ?> assertFails(
      CompletableFuture<?> future, Class<? extends OttlaException> with) {
    return assertThatThrownBy(() -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(with);
  }
}
