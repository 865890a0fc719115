package io.ottla.script;

import java.io.IOException;

/** What a peer does with one connection; when it returns, the connection is closed. */
@FunctionalInterface
public interface Script {
  /** Plays its part, on a thread of its own. */
  void play(Peer peer) throws IOException, InterruptedException;

  /** First this, then that. */
  default Script then(Script next) {
    return peer -> {
      play(peer);
      next.play(peer);
    };
  }
}
