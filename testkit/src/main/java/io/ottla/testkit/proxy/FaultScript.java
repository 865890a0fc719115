package io.ottla.testkit.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Faults one after the other, each at its byte or at its time.
 *
 * <pre>{@code
 * FaultScript outage =
 *     FaultScript.empty()
 *         .afterBytes(Direction.TO_BROKER, 1_000_000, FaultProxy::cut)
 *         .then(FaultProxy::refuse)
 *         .after(Duration.ofSeconds(2), FaultProxy::heal);
 * proxy.play(outage.times(3)).await(Duration.ofMinutes(1));
 * }</pre>
 *
 * <p>Each step counts from the end of the one before: its bytes are those that pass through the
 * proxy from then on, over all connections, and its time is that of the proxy's clock. Actions run
 * on the proxy's thread, so they must not block; they may use the proxy and its connections, and
 * the other proxies of its {@link FaultProxies}.
 *
 * <p>Immutable: each method returns a longer script.
 */
public final class FaultScript {
  private static final FaultScript EMPTY = new FaultScript(List.of());

  /**
   * One step.
   *
   * @param direction whose bytes count
   * @param bytes after how many
   * @param nanos after which time
   * @param action what to do then
   */
  record Step(Direction direction, long bytes, long nanos, Consumer<? super FaultProxy> action) {}

  private final List<Step> steps;

  private FaultScript(List<Step> steps) {
    this.steps = steps;
  }

  /** A script that does nothing. */
  public static FaultScript empty() {
    return EMPTY;
  }

  /**
   * Then, at once, does something.
   *
   * @param action for example {@code FaultProxy::refuse}
   */
  public FaultScript then(Consumer<? super FaultProxy> action) {
    return and(new Step(Direction.BOTH, 0, 0, action));
  }

  /**
   * Then, after a time, does something.
   *
   * @param time of the proxy's clock
   * @param action for example {@code FaultProxy::heal}
   */
  public FaultScript after(Duration time, Consumer<? super FaultProxy> action) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("after(" + time + ", ..): must not be negative");
    }
    return and(new Step(Direction.BOTH, 0, time.toNanos(), action));
  }

  /**
   * Then, when exactly so many more bytes have been passed on, does something.
   *
   * @param direction whose bytes count; with {@link Direction#BOTH} their sum
   * @param bytes how many
   * @param action for example {@code FaultProxy::cut}
   */
  public FaultScript afterBytes(
      Direction direction, long bytes, Consumer<? super FaultProxy> action) {
    if (bytes < 0) {
      throw new IllegalArgumentException("afterBytes(.., " + bytes + ", ..): must not be negative");
    }
    return and(new Step(direction, bytes, 0, action));
  }

  /**
   * This script several times over.
   *
   * @param count how often, at least once
   */
  public FaultScript times(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("times(" + count + "): must be at least 1");
    }
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.addAll(steps);
    }
    return new FaultScript(List.copyOf(all));
  }

  List<Step> steps() {
    return steps;
  }

  private FaultScript and(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new FaultScript(List.copyOf(longer));
  }
}
