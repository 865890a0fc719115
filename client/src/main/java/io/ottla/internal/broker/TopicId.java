package io.ottla.internal.broker;

import io.ottla.protocol.message.ErrorCode;
import java.util.UUID;

/**
 * What a broker said when it was asked for a topic's id.
 *
 * @param id the id; all zero if the broker has none for it
 * @param error why there is none, or {@link ErrorCode#NONE}
 */
record TopicId(UUID id, ErrorCode error) {
  /** What stands for no id. */
  static final UUID ZERO = new UUID(0, 0);

  /** The broker knows the topic and gives it no id: it is to be called by its name. */
  boolean isNameless() {
    return error == ErrorCode.NONE && id.equals(ZERO);
  }

  boolean isKnown() {
    return error == ErrorCode.NONE;
  }
}
