package io.ottla.admin;

/** When a change of topics counts as done. */
public enum Completion {
  /**
   * When every broker that answers shows it: what was created has leaders, what was deleted is
   * gone. Whoever describes the topic next sees the change. The default.
   */
  VISIBLE,
  /** When the controller has accepted it; brokers may show the old state for a moment. */
  ACCEPTED,
  /** Never: the controller says whether it would accept it, and nothing changes. */
  CHECK_ONLY
}
