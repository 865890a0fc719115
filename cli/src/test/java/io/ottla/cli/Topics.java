package io.ottla.cli;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.cluster.TopicCreation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes topics for tests, each with a name of its own. */
final class Topics {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Bootstrap bootstrap;

  Topics(String servers) {
    bootstrap = Bootstrap.of(servers, Duration.ofSeconds(30));
  }

  String create(int partitions) throws InterruptedException {
    return create(partitions, 1);
  }

  String create(int partitions, int replicas) throws InterruptedException {
    String name = "cli-test-" + NUMBER.incrementAndGet();
    try (Cluster cluster = Cluster.connect(bootstrap)) {
      new TopicCreation(cluster).create(name, partitions, replicas);
    }
    return name;
  }
}
