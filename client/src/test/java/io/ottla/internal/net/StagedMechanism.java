package io.ottla.internal.net;

import io.ottla.security.SaslExchange;
import io.ottla.security.SaslMechanism;
import io.ottla.security.SaslPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A mechanism that says what a test has it say, and notes what it is asked. */
final class StagedMechanism implements SaslMechanism {
  final List<String> events = new ArrayList<>();
  final Queue<String> answers = new ArrayDeque<>();
  String name = "STAGED";
  int isCompleteAfter = 1;
  long expiresAtMillis = Long.MAX_VALUE;
  @Nullable RuntimeException failure;

  @Override
  public String name() {
    return name;
  }

  @Override
  public SaslExchange begin(SaslPeer peer) {
    events.add("begin " + peer.host() + ":" + peer.port());
    if (failure != null) {
      throw failure;
    }
    return new Staged();
  }

  private final class Staged implements SaslExchange {
    private int challenges;

    @Override
    public byte[] first() {
      return "first".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte @Nullable [] next(byte[] challenge) {
      challenges++;
      events.add("next " + new String(challenge, StandardCharsets.UTF_8));
      if (failure != null) {
        throw failure;
      }
      String answer = answers.poll();
      return answer == null ? null : answer.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isComplete() {
      return challenges >= isCompleteAfter;
    }

    @Override
    public long expiresAtMillis() {
      return expiresAtMillis;
    }

    @Override
    public void refused() {
      events.add("refused");
    }

    @Override
    public void close() {
      events.add("close");
    }
  }
}
