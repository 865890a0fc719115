package io.ottla.testkit.internal.broker;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was asked of a fake cluster that it cannot do, and its own defects. A test that meets one
 * has seen nothing that it may believe. Thread: the cluster's loop.
 */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private final List<String> all = new ArrayList<>();

  /** Notes one, and logs it. */
  void add(String what) {
    LOG.warn("FakeCluster refuses: {}", what);
    all.add(what);
  }

  /** Notes a failure of the fake itself. */
  void addDefect(String what, Throwable defect) {
    LOG.error("FakeCluster failed: {}", what, defect);
    all.add(what + ": " + defect);
  }

  /** All so far, oldest first. */
  public List<String> all() {
    return List.copyOf(all);
  }

  /** Forgets them: the test expected them. */
  public void clear() {
    all.clear();
  }
}
