package io.ottla.testkit.fake;

import io.ottla.testkit.internal.broker.Security;
import io.ottla.testkit.internal.wire.TlsHandshake;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest TLS handshakes of a cluster. Thread: the cluster's loop. */
final class Handshakes implements Security.OnHandshake {
  private static final int MAX_KEPT = 1000;

  private final Deque<SeenHandshake> seen = new ArrayDeque<>();

  /** Set when the cluster's loop exists, before the first client can come. */
  private @Nullable Awaiting awaiting;

  void startOn(Awaiting toTell) {
    awaiting = toTell;
  }

  @Override
  public void ended(int brokerId, TlsHandshake handshake) {
    if (seen.size() == MAX_KEPT) {
      seen.remove();
    }
    seen.add(
        new SeenHandshake(
            brokerId,
            handshake.connectionId(),
            handshake.protocol(),
            handshake.cipher(),
            Optional.ofNullable(handshake.serverName()),
            Optional.ofNullable(handshake.client()),
            Optional.ofNullable(handshake.failure())));
    if (awaiting != null) {
      awaiting.look();
    }
  }

  List<SeenHandshake> all() {
    return List.copyOf(seen);
  }
}
