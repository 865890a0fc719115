package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchRequest;

/** Who sends a fetch request. */
enum Requester {
  /** A client. */
  CONSUMER,
  /** A tool that looks at what is not yet committed. */
  INSPECTOR,
  /** A broker, for one of its replicas. */
  REPLICA;

  private static final int CONSUMER_ID = -1;
  private static final int INSPECTOR_ID = -2;

  /** The request says it in one place up to version 14, in another since. */
  static Requester of(FetchRequest request) {
    int id =
        request.replicaId() == CONSUMER_ID
            ? request.replicaState().replicaId()
            : request.replicaId();
    return switch (id) {
      case CONSUMER_ID -> CONSUMER;
      case INSPECTOR_ID -> INSPECTOR;
      default -> REPLICA;
    };
  }
}
