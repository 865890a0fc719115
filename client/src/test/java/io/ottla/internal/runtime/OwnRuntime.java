package io.ottla.internal.runtime;

/** A runtime that a test has for itself. */
public final class OwnRuntime {
  private OwnRuntime() {}

  /** Ends with the lease. */
  public static SharedRuntime.Lease lease(Transport transport) {
    return new SharedRuntime(transport).lease();
  }
}
