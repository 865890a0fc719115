package io.ottla.internal.net;

import io.ottla.internal.runtime.LoopConfined;
import io.ottla.protocol.message.ListOffsetsRequest;
import java.util.ArrayList;

/**
 * Takes the peer for a Kafka before 0.10, which hangs up when it is asked for its versions, and
 * makes sure that it answers what such a broker answers: a ListOffsets v0 about nothing, which
 * changes and creates nothing. A newer broker that was only restarting either answers the question
 * for its versions by then or (since 4.0) hangs up here too.
 */
@LoopConfined
final class AssumeOldest implements HandshakeStep {
  private final String why;

  /**
   * @param why what the peer did when it was asked for its versions
   */
  AssumeOldest(String why) {
    this.why = why;
  }

  @Override
  public String what() {
    return "asking for its versions, to which it " + why + ", and as Kafka 0.8 was asked";
  }

  @Override
  public void run(Handshake handshake) {
    handshake.ask(
        new ListOffsetsRequest().replicaId(-1).topics(new ArrayList<>()),
        0,
        ResponseReader::whole,
        response -> {
          handshake.settle(PeerVersions.OLDEST);
          handshake.next();
        });
  }
}
