package io.ottla.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SharedRuntimeTest {
  @Test
  void loops_live_from_the_first_lease_to_the_last() {
    SharedRuntime runtime = new SharedRuntime(Transport.best());
    SharedRuntime.Lease first = runtime.lease();
    SharedRuntime.Lease second = runtime.lease();
    EventLoop loop = first.nextLoop();

    first.close();
    first.close();
    assertThat(loop.parent().isShuttingDown()).isFalse();
    second.close();

    assertThat(loop.parent().isShuttingDown()).isTrue();
    await().until(() -> loop.parent().isTerminated());
  }

  @Test
  void a_lease_after_the_last_starts_anew() throws Exception {
    SharedRuntime runtime = new SharedRuntime(Transport.best());
    runtime.lease().close();

    try (SharedRuntime.Lease again = runtime.lease()) {
      assertThat(again.nextLoop().submit(() -> "runs").get(10, TimeUnit.SECONDS)).isEqualTo("runs");
    }
  }

  @Test
  void threads_are_daemons_and_say_whose_they_are() throws Exception {
    SharedRuntime runtime = new SharedRuntime(Transport.best());
    try (SharedRuntime.Lease lease = runtime.lease()) {
      Thread loop = lease.nextLoop().submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
      Thread callback =
          CompletableFuture.supplyAsync(Thread::currentThread, lease.callbacks())
              .get(10, TimeUnit.SECONDS);
      Thread lookup =
          CompletableFuture.supplyAsync(Thread::currentThread, lease.lookups())
              .get(10, TimeUnit.SECONDS);

      assertThat(loop.getName()).matches("ottla-loop-\\d+");
      assertThat(callback.getName()).matches("ottla-callback-\\d+");
      assertThat(lookup.getName()).matches("ottla-lookup-\\d+");
      assertThat(loop.isDaemon() && callback.isDaemon() && lookup.isDaemon()).isTrue();
    }
  }
}
