package io.ottla;

import io.ottla.protocol.message.ApiKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a broker takes, as it said when the connection was opened.
 *
 * @param ranges the versions of each request that Ottla knows too; the broker's side, not cut to
 *     Ottla's
 * @param isAssumed true if the broker is too old to say (before 0.10), and Kafka 0.8.2's are
 *     assumed
 */
public record BrokerVersions(Map<ApiKey, Range> ranges, boolean isAssumed) {
  /**
   * Versions from the lowest to the highest.
   *
   * @param lowest the lowest, included
   * @param highest the highest, included
   */
  public record Range(int lowest, int highest) {}

  /** Copies the map. */
  public BrokerVersions {
    ranges = Map.copyOf(ranges);
  }

  /** The broker's versions of a request, or null if it does not take it. */
  public @Nullable Range of(ApiKey key) {
    return ranges.get(key);
  }
}
