package io.ottla.internal.cluster;

import io.ottla.Route;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.CoordinatorType;
import io.ottla.internal.cluster.route.RequestKind;
import io.ottla.internal.cluster.route.Split;
import io.ottla.internal.cluster.route.Target;
import io.ottla.internal.cluster.route.Terms;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;

/**
 * How a request is to go: as its kind says, or whole to whom the caller named.
 *
 * @param split how it is taken apart
 * @param isRepeatable whether it may be sent again after it may have been carried out
 * @param <R> the response's type
 */
record Itinerary<R extends ResponseMessage>(
    Split<RequestMessage<R>, R, Object, Object> split, boolean isRepeatable) {

  /**
   * @throws RefusedException if nobody can say who must answer it
   */
  static <R extends ResponseMessage> Itinerary<R> of(RequestMessage<R> request, Route route) {
    boolean isRepeatable = RequestKind.isRepeatable(request);
    if (route instanceof Route.ToBroker broker) {
      return new Itinerary<>(RequestKind.whole(new Target.Given(broker.id()), request), false);
    }
    if (route instanceof Route.Leader leader) {
      Target target = new Target.Leader(leader.topic(), Terms.NO_ID, leader.partition());
      return new Itinerary<>(RequestKind.whole(target, request), isRepeatable);
    }
    if (route instanceof Route.Group group) {
      Target target = new Target.Coordinator(CoordinatorType.GROUP, group.id());
      return new Itinerary<>(RequestKind.whole(target, request), isRepeatable);
    }
    if (route instanceof Route.Transaction transaction) {
      Target target = new Target.Coordinator(CoordinatorType.TRANSACTION, transaction.id());
      return new Itinerary<>(RequestKind.whole(target, request), isRepeatable);
    }
    if (route instanceof Route.Controller) {
      return new Itinerary<>(RequestKind.whole(Target.Controller.INSTANCE, request), isRepeatable);
    }
    if (route instanceof Route.Any) {
      return new Itinerary<>(RequestKind.whole(Target.Anybody.INSTANCE, request), isRepeatable);
    }
    return new Itinerary<>(byKind(request), isRepeatable);
  }

  private static <R extends ResponseMessage> Split<RequestMessage<R>, R, Object, Object> byKind(
      RequestMessage<R> request) {
    String why = RequestKind.whyNotByKind(request);
    if (why != null) {
      throw new RefusedException(
          request.apiKey() + " not sent: " + why, SendOutcome.NOT_SENT, null);
    }
    return RequestKind.splitOf(request);
  }
}
