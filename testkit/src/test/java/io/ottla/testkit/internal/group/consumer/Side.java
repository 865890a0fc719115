package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A coordinator with topics, fake or real. */
interface Side extends AutoCloseable {
  /** Sends a request and awaits its answer. */
  <Q extends RequestMessage<R>, R extends ResponseMessage> R ask(Q request, int version);

  /** Makes a topic; the coordinator knows it when this returns. */
  UUID createTopic(String name, int partitions);

  /** Adds partitions, up to this many in all. */
  void growTopic(String name, int partitions);

  /** Deletes a topic. */
  void deleteTopic(String name);

  /** The topic of an id, or null. */
  @Nullable String topicName(UUID id);

  /** Waits until the group's epoch is ahead of its target, because patterns match other topics. */
  void awaitMatches(String group);

  @Override
  void close();

  /** A code as its constant. */
  static ErrorCode error(int code) {
    return ErrorCode.of(code);
  }
}
