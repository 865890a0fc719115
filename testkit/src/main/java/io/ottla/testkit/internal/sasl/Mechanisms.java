package io.ottla.testkit.internal.sasl;

import io.ottla.testkit.internal.loop.Timers;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mechanisms that a fake cluster has, and those that it was told to enable. */
public final class Mechanisms {
  /** All that it has. */
  public static final List<String> ALL =
      List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");

  private final @Nullable SaslSettings settings;
  private final Timers timers;

  Mechanisms(@Nullable SaslSettings settings, Timers timers) {
    this.settings = settings;
    this.timers = timers;
  }

  List<String> enabled() {
    return settings == null ? List.of() : settings.mechanisms();
  }

  /** Begins an exchange of one that is enabled. */
  ServerMechanism begin(String name) {
    if (settings == null) {
      throw new IllegalStateException("nothing is enabled");
    }
    TokenCheck tokens = settings.tokens();
    return switch (name) {
      case "PLAIN" -> new PlainMechanism(settings.users());
      case "SCRAM-SHA-256" ->
          new ScramMechanism(ScramHash.SHA_256, settings.users(), new SecureRandom());
      case "SCRAM-SHA-512" ->
          new ScramMechanism(ScramHash.SHA_512, settings.users(), new SecureRandom());
      case "OAUTHBEARER" ->
          new BearerMechanism(tokens == null ? new UnsecuredTokens(timers) : tokens);
      default -> throw new IllegalStateException("a fake broker has no mechanism " + name);
    };
  }
}
