package io.ottla.benchmarks.produce;

import java.io.IOException;

/** A broker to produce to, in a process of its own on this machine. */
interface Target extends AutoCloseable {
  /** What a run needs to know of it, with a topic that is the run's own. */
  ProduceArguments prepare(ProduceArguments arguments) throws IOException;

  /** The CPU time that it has used so far. */
  double cpuSeconds() throws IOException;

  @Override
  void close();
}
