package io.ottla.internal.sasl;

import io.ottla.internal.runtime.SharedRuntime;

/** Work that nobody waits for; a thread of the runtime's, for as long as it takes. */
public final class Background {
  private Background() {}

  /** Runs it soon. */
  public static void execute(Runnable work) {
    SharedRuntime.Lease lease = SharedRuntime.acquire();
    lease
        .blocking()
        .execute(
            () -> {
              try {
                work.run();
              } finally {
                lease.close();
              }
            });
  }
}
