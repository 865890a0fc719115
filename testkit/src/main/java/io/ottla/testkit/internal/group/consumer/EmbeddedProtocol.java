package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ConsumerProtocolAssignment;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.testkit.internal.group.GroupTopics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What consumers write into the opaque fields of the classic protocol: a version, and a
 * subscription or an assignment. A version that is too new is read as the newest known, as
 * consumers do.
 */
final class EmbeddedProtocol {
  /** The protocol type of groups of consumers. */
  static final String TYPE = "consumer";

  private EmbeddedProtocol() {}

  /**
   * @throws MalformedMessageException if this is not what consumers write
   */
  static ConsumerProtocolSubscription readSubscription(byte[] bytes) {
    WireReader in = WireReader.of(ByteBuffer.wrap(bytes));
    int version = version(in.readInt16(), ConsumerProtocolSubscription.HIGHEST_VERSION);
    ConsumerProtocolSubscription subscription = new ConsumerProtocolSubscription();
    subscription.read(in, version);
    return subscription;
  }

  /**
   * @throws MalformedMessageException if this is not what consumers write
   */
  static ConsumerProtocolAssignment readAssignment(byte[] bytes) {
    WireReader in = WireReader.of(ByteBuffer.wrap(bytes));
    int version = version(in.readInt16(), ConsumerProtocolAssignment.HIGHEST_VERSION);
    ConsumerProtocolAssignment assignment = new ConsumerProtocolAssignment();
    assignment.read(in, version);
    return assignment;
  }

  /** An assignment for a member that wrote this subscription, in the version that it wrote. */
  static byte[] writeAssignment(
      Set<TopicIdPartition> partitions, GroupTopics topics, byte[] subscription) {
    int version =
        version(
            WireReader.of(ByteBuffer.wrap(subscription)).readInt16(),
            ConsumerProtocolAssignment.HIGHEST_VERSION);
    ConsumerProtocolAssignment assignment =
        new ConsumerProtocolAssignment().assignedPartitions(named(partitions, topics));
    WireWriter out = WireWriter.ofSize(Short.BYTES + assignment.size(version));
    out.writeInt16((short) version);
    assignment.write(out, version);
    ByteBuffer written = out.segments().get(0);
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    return bytes;
  }

  private static List<ConsumerProtocolAssignment.TopicPartition> named(
      Set<TopicIdPartition> partitions, GroupTopics topics) {
    SortedMap<String, List<Integer>> byName = new TreeMap<>();
    for (TopicIdPartition partition : new TreeSet<>(partitions)) {
      String name = topics.name(partition.topicId());
      if (name != null) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(partition.partition());
      }
    }
    List<ConsumerProtocolAssignment.TopicPartition> named = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> topic : byName.entrySet()) {
      named.add(
          new ConsumerProtocolAssignment.TopicPartition()
              .topic(topic.getKey())
              .partitions(topic.getValue()));
    }
    return named;
  }

  /** The partitions that a subscription says its member has; topics that are gone are left out. */
  static Set<TopicIdPartition> owned(
      ConsumerProtocolSubscription subscription, GroupTopics topics) {
    Set<TopicIdPartition> owned = new TreeSet<>();
    for (ConsumerProtocolSubscription.TopicPartition topic : subscription.ownedPartitions()) {
      add(topic.topic(), topic.partitions(), topics, owned);
    }
    return owned;
  }

  /** The partitions of an assignment; topics that are gone are left out. */
  static Set<TopicIdPartition> assigned(ConsumerProtocolAssignment assignment, GroupTopics topics) {
    Set<TopicIdPartition> assigned = new TreeSet<>();
    for (ConsumerProtocolAssignment.TopicPartition topic : assignment.assignedPartitions()) {
      add(topic.topic(), topic.partitions(), topics, assigned);
    }
    return assigned;
  }

  private static void add(
      String name, List<Integer> partitions, GroupTopics topics, Set<TopicIdPartition> to) {
    UUID id = topics.id(name);
    if (id != null) {
      partitions.forEach(partition -> to.add(new TopicIdPartition(id, partition)));
    }
  }

  private static int version(short written, int highest) {
    if (written < 0) {
      throw new MalformedMessageException("version " + written + " of the consumers' protocol");
    }
    return Math.min(written, highest);
  }
}
