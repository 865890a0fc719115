package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of a report, each started when a section first needs it, and one at a time: one that
 * is not used must not take part in what is measured.
 */
final class Targets implements AutoCloseable {
  private final Path directory;
  private final List<Integer> partitions;
  private @Nullable Target running;
  private boolean isReal;

  Targets(Path directory, List<Section> sections) {
    this.directory = directory;
    this.partitions = sections.stream().map(Section::partitions).distinct().toList();
  }

  Target of(Section section) throws IOException {
    Target target = running;
    if (target == null || isReal != section.isReal()) {
      close();
      target = section.isReal() ? new KafkaTarget(directory) : new NullTarget(partitions);
      running = target;
      isReal = section.isReal();
    }
    return target;
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
