package io.ottla.testkit.internal.group;

import java.util.UUID;

/** A broker that coordinates groups, fake or real, and has topics. */
interface Coordination extends AutoCloseable {
  /** Another connection. */
  Peer connect(String clientId);

  /** Makes a topic whose name no other test uses; says its id. */
  UUID createTopic(String name, int partitions);

  /** Deletes a topic; what was committed of it is gone when this returns. */
  void deleteTopic(String name);

  /** The id of the broker. */
  int brokerId();

  /** Ends all connections. */
  @Override
  void close();
}
