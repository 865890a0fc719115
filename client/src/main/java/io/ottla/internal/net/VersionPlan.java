package io.ottla.internal.net;

import io.ottla.protocol.message.ApiKey;
import io.ottla.security.SaslMechanism;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to learn what a peer takes. Each next one is for a peer that hung up without a word, or said
 * nothing, on the one before; the last has no next, so trying ends.
 */
enum VersionPlan {
  /** In the highest version of the question: every broker since 0.10 answers something. */
  ASK,
  /** Once more, in the lowest: whoever was only restarting answers now. */
  ASK_LOWEST,
  /**
   * Once more, behind a question that every broker up to 3.9 answers: Kafka 0.9.0 keeps silent on
   * the question for versions, and so does one that is only slow, which answers both by now.
   */
  ASK_BEHIND,
  /** Not at all: brokers before 0.10 hang up on the question. */
  ASSUME_OLDEST;

  /** The only mechanism of Kafka 0.9; no other secret is shown to a peer that nobody knows. */
  private static final String OF_09 = "GSSAPI";

  /** What to try with a peer that hung up without a word. */
  @Nullable VersionPlan afterHangUp(@Nullable SaslMechanism sasl) {
    return switch (this) {
      case ASK -> ASK_LOWEST;
      case ASK_LOWEST -> sasl == null || sasl.name().equals(OF_09) ? ASSUME_OLDEST : null;
      case ASK_BEHIND, ASSUME_OLDEST -> null;
    };
  }

  /** What to try with a peer that says nothing. */
  @Nullable VersionPlan afterSilence(@Nullable SaslMechanism sasl) {
    return this == ASK && sasl == null ? ASK_BEHIND : null;
  }

  /** What to try with one that answered something, but not the question. */
  @Nullable VersionPlan afterHalf() {
    return this == ASK_BEHIND ? ASSUME_OLDEST : null;
  }

  /** The steps of the handshake that learn it. */
  List<HandshakeStep> steps(ConnectionSettings settings, NetEnvironment environment) {
    List<HandshakeStep> steps = new ArrayList<>();
    switch (this) {
      case ASK -> steps.add(new NegotiateVersions(ApiKey.API_VERSIONS.highestVersion()));
      case ASK_LOWEST -> steps.add(new NegotiateVersions(0));
      case ASK_BEHIND -> {
        steps.add(new AssumeOldest("said nothing"));
        steps.add(new NegotiateVersions(0));
      }
      case ASSUME_OLDEST -> {}
    }
    if (settings.sasl() != null) {
      steps.add(new SaslStep(settings.sasl(), environment.blocking(), environment.random()));
    }
    if (this == ASSUME_OLDEST) {
      steps.add(new AssumeOldest("gave no answer"));
    }
    return steps;
  }
}
