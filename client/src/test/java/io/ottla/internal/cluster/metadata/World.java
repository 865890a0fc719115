package io.ottla.internal.cluster.metadata;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that changes at random, and what its brokers say of it: the truth, what used to be
 * true, or anything.
 */
final class World {
  static final List<String> NAMES = List.of("t0", "t1", "t2", "t3");

  /** How a topic is at one time. */
  private record Topic(UUID id, List<int[]> led) {}

  private final SplittableRandom random;
  private final List<Map<String, Topic>> past = new ArrayList<>();
  private Map<String, Topic> now = new TreeMap<>();
  private long ids;

  World(SplittableRandom random) {
    this.random = random;
    NAMES.forEach(this::create);
    past.add(now);
  }

  boolean exists(String topic) {
    return now.containsKey(topic);
  }

  int partitions(String topic) {
    return topic(topic).led.size();
  }

  int leader(String topic, int partition) {
    return topic(topic).led.get(partition)[0];
  }

  int epoch(String topic, int partition) {
    return topic(topic).led.get(partition)[1];
  }

  private Topic topic(String name) {
    return Objects.requireNonNull(now.get(name));
  }

  /** Something happens. */
  void change() {
    now = new TreeMap<>(now);
    String name = anyName();
    Topic topic = now.get(name);
    int what = random.nextInt(10);
    if (topic == null) {
      create(name);
    } else if (what == 0) {
      now.remove(name);
    } else if (what == 1) {
      create(name);
    } else {
      List<int[]> led = new ArrayList<>(topic.led);
      if (what == 2 && led.size() < 6) {
        led.add(new int[] {anyBroker(), 0});
      } else {
        int partition = random.nextInt(led.size());
        led.set(partition, new int[] {anyBroker(), led.get(partition)[1] + 1});
      }
      now.put(name, new Topic(topic.id, led));
    }
    past.add(now);
  }

  /** Every topic that is not there is made. */
  void heal() {
    now = new TreeMap<>(now);
    NAMES.stream().filter(name -> !now.containsKey(name)).forEach(this::create);
    past.add(now);
  }

  private void create(String name) {
    List<int[]> led = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      led.add(new int[] {anyBroker(), random.nextInt(3)});
    }
    // The last topic is that of a cluster without ids.
    UUID id = name.equals("t3") ? TopicView.NO_ID : new UUID(7, ++ids);
    now.put(name, new Topic(id, led));
  }

  MetadataResponse truth(@Nullable List<String> asked) {
    return said(now, asked);
  }

  /** What was true some time ago. */
  MetadataResponse stale(@Nullable List<String> asked) {
    int oldest = Math.max(0, past.size() - 6);
    return said(past.get(random.nextInt(oldest, past.size())), asked);
  }

  /** Something between the truth and nonsense. */
  MetadataResponse garbage(@Nullable List<String> asked) {
    MetadataResponse said = random.nextBoolean() ? truth(asked) : stale(asked);
    said.topics().removeIf(topic -> random.nextInt(4) == 0);
    for (MetadataResponseTopic topic : said.topics()) {
      if (random.nextInt(4) == 0) {
        topic.errorCode(anyError());
      }
      if (random.nextInt(6) == 0) {
        topic.topicId(random.nextBoolean() ? TopicView.NO_ID : new UUID(9, random.nextInt(3)));
      }
      topic.partitions().removeIf(partition -> random.nextInt(4) == 0);
      topic.partitions().forEach(this::spoil);
    }
    if (random.nextInt(6) == 0) {
      said.topics().add(new MetadataResponseTopic().name(null));
      said.topics().add(new MetadataResponseTopic().name("never heard of"));
    }
    if (random.nextInt(6) == 0) {
      said.brokers().removeIf(broker -> random.nextBoolean());
      said.brokers().add(Answers.broker(random.nextInt(-3, 9)));
    }
    if (random.nextInt(8) == 0) {
      said.errorCode(anyError());
    }
    return said;
  }

  private void spoil(MetadataResponsePartition partition) {
    switch (random.nextInt(8)) {
      case 0 -> partition.leaderId(random.nextInt(-3, 9));
      case 1 -> partition.leaderEpoch(random.nextInt(-3, 9));
      case 2 -> partition.leaderEpoch(-1).leaderId(random.nextInt(-1, 4));
      case 3 -> partition.errorCode(anyError());
      default -> {
        // As it is.
      }
    }
  }

  private MetadataResponse said(Map<String, Topic> world, @Nullable List<String> asked) {
    MetadataResponse said = Answers.answer();
    for (String name : asked == null ? NAMES : asked) {
      Topic topic = world.get(name);
      if (topic != null) {
        MetadataResponseTopic about = Answers.topic(name, topic.id);
        for (int i = 0; i < topic.led.size(); i++) {
          int[] led = topic.led.get(i);
          about.partitions().add(Answers.led(i, led[0], led[1]));
        }
        said.topics().add(about);
      } else if (asked != null) {
        said.topics().add(Answers.refused(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
      }
    }
    return said;
  }

  String anyName() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private int anyBroker() {
    return random.nextInt(1, 4);
  }

  private short anyError() {
    ErrorCode[] all = ErrorCode.values();
    return all[random.nextInt(all.length)].code();
  }
}
