package io.ottla.internal.net;

import io.ottla.protocol.message.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to learn what a peer takes. Each next one is for a peer that hung up, without a word, on the
 * one before; the last has no next, so trying ends.
 */
enum VersionPlan {
  /** In the highest version of the question: every broker since 0.10 answers something. */
  ASK,
  /** Once more, in the lowest: whoever was only restarting answers now. */
  ASK_LOWEST,
  /** Not at all: brokers before 0.10 hang up on the question. */
  ASSUME_OLDEST;

  @Nullable VersionPlan next() {
    return switch (this) {
      case ASK -> ASK_LOWEST;
      case ASK_LOWEST -> ASSUME_OLDEST;
      case ASSUME_OLDEST -> null;
    };
  }

  List<HandshakeStep> steps() {
    return switch (this) {
      case ASK -> List.of(new NegotiateVersions(ApiKey.API_VERSIONS.highestVersion()));
      case ASK_LOWEST -> List.of(new NegotiateVersions(0));
      case ASSUME_OLDEST -> List.of(new AssumeOldest());
    };
  }
}
