package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import java.util.List;

/**
 * What is known only of a member that came by JoinGroup.
 *
 * @param protocols the assignors that it offered, in its order; the first one is what it is
 *     answered
 */
record ClassicSpeech(int sessionTimeoutMillis, List<JoinGroupRequestProtocol> protocols) {
  ClassicSpeech {
    protocols = List.copyOf(protocols);
  }

  JoinGroupRequestProtocol first() {
    return protocols.get(0);
  }

  boolean offers(String protocol) {
    return protocols.stream().anyMatch(offered -> offered.name().equals(protocol));
  }
}
