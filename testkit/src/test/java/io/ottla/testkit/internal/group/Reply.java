package io.ottla.testkit.internal.group;

/** What a coordinator answers, now or later. */
interface Reply<R> {
  /** The answer, however long the coordinator takes for it. */
  R await();
}
