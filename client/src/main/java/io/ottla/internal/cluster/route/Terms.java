package io.ottla.internal.cluster.route;

import java.util.UUID;

/** What is known when a part of a request is written. */
public interface Terms {
  /** What stands for no id. */
  UUID NO_ID = new UUID(0, 0);

  /** The version that the broker will be sent; −1 if that is not known. */
  int version();

  /** The id of a topic; {@link #NO_ID} if none is known. */
  UUID idOf(String topic);

  /** The name of a topic; empty if none is known. */
  String nameOf(UUID topicId);
}
