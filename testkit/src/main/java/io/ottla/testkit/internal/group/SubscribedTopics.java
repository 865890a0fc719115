package io.ottla.testkit.internal.group;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads out of consumers' metadata which topics a classic group reads. */
final class SubscribedTopics {
  private static final Logger LOG = LoggerFactory.getLogger(SubscribedTopics.class);

  static final String CONSUMER = "consumer";

  private SubscribedTopics() {}

  /**
   * The topics that the members subscribe to; empty if that cannot be known, because they are no
   * consumers, have no protocol yet, or write their metadata in a way of their own.
   */
  static Optional<Set<String>> of(Collection<ClassicMember> members, @Nullable String protocol) {
    if (members.isEmpty()) {
      return Optional.of(Set.of());
    }
    if (protocol == null) {
      return Optional.empty();
    }
    try {
      Set<String> topics = new HashSet<>();
      for (ClassicMember member : members) {
        topics.addAll(read(member.metadata(protocol)));
      }
      return Optional.of(topics);
    } catch (MalformedMessageException e) {
      LOG.warn(
          "metadata of consumers that Kafka 4.3 would never answer, for want of reading it", e);
      return Optional.empty();
    }
  }

  /** All versions begin as version 0 does, which is as far as a coordinator reads. */
  private static Collection<String> read(byte[] metadata) {
    WireReader in = WireReader.of(ByteBuffer.wrap(metadata));
    in.readInt16(); // its version
    ConsumerProtocolSubscription subscription = new ConsumerProtocolSubscription();
    subscription.read(in, ConsumerProtocolSubscription.LOWEST_VERSION);
    return subscription.topics();
  }
}
