package io.ottla.benchmarks.cluster;

import io.ottla.internal.cluster.metadata.BrokerNode;
import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.Metadata;
import io.ottla.internal.cluster.metadata.MetadataSettings;
import io.ottla.internal.cluster.metadata.MetadataSource;
import io.ottla.internal.net.Reply;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Metadata of 1,000 topics of 10 partitions: a refresh, from the call to the new snapshot, with an
 * answer that lies decoded in memory; and looking up a leader.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MetadataBenchmark {
  private static final int TOPICS = 1000;
  private static final int PARTITIONS = 10;
  private static final int BROKERS = 12;
  private static final long FAR = Long.MAX_VALUE / 2;

  private final List<String> names = new ArrayList<>();
  private String[] inAnyOrder = {};
  private @Nullable Metadata metadata;
  private MetadataResponse answer = new MetadataResponse();
  private int next;
  private int epoch;

  /** Loads all topics. */
  @Setup
  public void setUp() {
    for (int i = 0; i < TOPICS; i++) {
      names.add("topic-of-the-benchmark-" + i);
    }
    answer = answer();
    Metadata opened =
        new Metadata(
            new Answering(),
            MetadataSettings.defaults(),
            new Here(),
            Clock.system(),
            new SplittableRandom(1),
            "benchmark");
    metadata = opened;
    opened.topics(names, FAR).join();
    inAnyOrder = new String[1 << 12];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < inAnyOrder.length; i++) {
      // Another object than the key, as names that users hand in are.
      inAnyOrder[i] = new String(names.get(random.nextInt(TOPICS)).toCharArray());
    }
  }

  /** An answer that confirms everything. */
  @Benchmark
  public ClusterView refreshConfirming() {
    return metadata().refresh(names, FAR).join();
  }

  /** An answer in which every partition has another leader. */
  @Benchmark
  public ClusterView refreshMovingAll() {
    epoch++;
    for (MetadataResponseTopic topic : answer.topics()) {
      for (MetadataResponsePartition partition : topic.partitions()) {
        partition.leaderEpoch(epoch).leaderId(1 + (partition.leaderId() % BROKERS));
      }
    }
    return metadata().refresh(names, FAR).join();
  }

  /** Who leads a partition. */
  @Benchmark
  public @Nullable BrokerNode lookUp() {
    int at = next++ & (inAnyOrder.length - 1);
    return metadata().view().leader(inAnyOrder[at], at % PARTITIONS);
  }

  private Metadata metadata() {
    Metadata opened = metadata;
    if (opened == null) {
      throw new IllegalStateException("it is not set up");
    }
    return opened;
  }

  private MetadataResponse answer() {
    List<MetadataResponseBroker> brokers = new ArrayList<>();
    for (int id = 1; id <= BROKERS; id++) {
      brokers.add(new MetadataResponseBroker().nodeId(id).host("broker" + id).port(9092));
    }
    List<MetadataResponseTopic> topics = new ArrayList<>();
    for (int i = 0; i < TOPICS; i++) {
      List<MetadataResponsePartition> led = new ArrayList<>();
      for (int p = 0; p < PARTITIONS; p++) {
        int leader = (i + p) % BROKERS;
        List<Integer> replicas =
            List.of(1 + leader, 1 + (leader + 1) % BROKERS, 1 + (leader + 2) % BROKERS);
        led.add(
            new MetadataResponsePartition()
                .partitionIndex(p)
                .leaderId(1 + leader)
                .leaderEpoch(0)
                .replicaNodes(new ArrayList<>(replicas))
                .isrNodes(new ArrayList<>(replicas)));
      }
      topics.add(
          new MetadataResponseTopic().name(names.get(i)).topicId(new UUID(1, i)).partitions(led));
    }
    return new MetadataResponse().clusterId("c").controllerId(1).brokers(brokers).topics(topics);
  }

  /** Answers at once. */
  private final class Answering implements MetadataSource {
    @Override
    public void ask(MetadataRequest request, long timeoutNanos, Reply<MetadataResponse> reply) {
      reply.onResponse(answer);
    }

    @Override
    public String attemptsSince(long sinceNanos) {
      return "";
    }
  }

  /** The calling thread as a loop; timers never fire. */
  private static final class Here implements Loop {
    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public Delayed schedule(Runnable task, long delayNanos) {
      return () -> {};
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }
  }
}
