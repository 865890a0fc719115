package io.ottla.internal.cluster;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.cluster.metadata.ClusterView;
import java.util.stream.Collectors;

/** Words about brokers. */
final class Brokers {
  private Brokers() {}

  static OttlaException unknown(int id, ClusterView view) {
    String known =
        view.brokers().stream()
            .map(broker -> Integer.toString(broker.id()))
            .collect(Collectors.joining(", "));
    return new RefusedException(
        "no broker of the cluster has the id " + id + "; there are " + known,
        SendOutcome.NOT_SENT,
        null);
  }
}
