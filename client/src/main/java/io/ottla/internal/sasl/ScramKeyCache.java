package io.ottla.internal.sasl;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that were derived from one password, so that a thousand connections that are lost at
 * once do not derive them a thousand times.
 *
 * <p>Owns: keys by salt and iterations, the last few. Thread: any; who comes while keys are being
 * derived waits for them. Always: keys of another password are forgotten as soon as a new one is
 * used.
 */
public final class ScramKeyCache {
  /** A user has one salt in a cluster; a client meets a few clusters, or users that change. */
  private static final int MOST_KEYS = 8;

  private record Derivation(ScramHash hash, ByteBuffer salt, int iterations) {}

  @GuardedBy("this")
  private final Map<Derivation, ScramKeys> keys = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("this")
  private String password = "";

  @GuardedBy("this")
  private long derived;

  synchronized ScramKeys keys(ScramHash hash, String used, ByteBuffer salt, int iterations) {
    if (!used.equals(password)) {
      keys.clear();
      password = used;
    }
    Derivation derivation = new Derivation(hash, salt, iterations);
    ScramKeys known = keys.get(derivation);
    return known != null ? known : derive(derivation);
  }

  @GuardedBy("this")
  private ScramKeys derive(Derivation derivation) {
    ScramKeys fresh =
        ScramKeys.derive(derivation.hash(), password, derivation.salt(), derivation.iterations());
    derived++;
    if (keys.size() == MOST_KEYS) {
      keys.remove(keys.keySet().iterator().next());
    }
    keys.put(derivation, fresh);
    return fresh;
  }

  /** How often keys were derived, since ever. */
  synchronized long derived() {
    return derived;
  }

  @Override
  public String toString() {
    return "ScramKeyCache, hidden";
  }
}
