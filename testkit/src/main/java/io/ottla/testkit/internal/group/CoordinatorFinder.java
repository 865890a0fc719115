package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import io.ottla.testkit.internal.group.Coordinators.Endpoint;
import io.ottla.testkit.internal.group.Coordinators.KeyType;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FindCoordinator: says which broker coordinates a key. Thread: the cluster's loop. */
final class CoordinatorFinder {
  /** From this version on a request is about several keys. */
  private static final int BATCH_VERSION = 4;

  private static final int NO_BROKER = -1;
  private static final int NO_PORT = -1;

  private final Coordinators coordinators;

  CoordinatorFinder(Coordinators coordinators) {
    this.coordinators = coordinators;
  }

  void find(Exchange<FindCoordinatorRequest, FindCoordinatorResponse> exchange) {
    FindCoordinatorRequest request = exchange.request();
    KeyType type = KeyType.find(request.keyType());
    if (exchange.version() < BATCH_VERSION) {
      exchange.answer(single(locate(type, request.key(), exchange.brokerId())));
      return;
    }
    List<Coordinator> located = new ArrayList<>();
    for (String key : request.coordinatorKeys()) {
      located.add(locate(type, key, exchange.brokerId()));
    }
    exchange.answer(new FindCoordinatorResponse().coordinators(located));
  }

  private Coordinator locate(@Nullable KeyType type, String key, int askedBrokerId) {
    Coordinator located = new Coordinator().key(key);
    if (type == null) {
      return unknown(located, ErrorCode.INVALID_REQUEST)
          .errorMessage(ErrorCode.INVALID_REQUEST.message());
    }
    Endpoint endpoint = coordinators.find(type, key, askedBrokerId);
    if (endpoint == null) {
      return unknown(located, ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }
    return located.nodeId(endpoint.brokerId()).host(endpoint.host()).port(endpoint.port());
  }

  private static Coordinator unknown(Coordinator located, ErrorCode error) {
    return located.errorCode(error.code()).nodeId(NO_BROKER).host("").port(NO_PORT);
  }

  /** One key's answer; it always has a message, if only that there is none. */
  private static FindCoordinatorResponse single(Coordinator located) {
    ErrorCode error = ErrorCode.of(located.errorCode());
    return new FindCoordinatorResponse()
        .errorCode(error.code())
        .errorMessage(error == ErrorCode.NONE ? error.name() : error.message())
        .nodeId(located.nodeId())
        .host(located.host())
        .port(located.port());
  }
}
