package io.ottla.internal.net;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The versions of each request that a peer takes. Immutable.
 *
 * <p>Peers before Kafka 0.10 cannot say; of them {@link #OLDEST} is assumed.
 */
public final class PeerVersions {
  /** What Kafka 0.8.2 takes; 0.9 takes it too. */
  public static final PeerVersions OLDEST = new PeerVersions(versionsOf082(), Map.of(), true);

  /**
   * Versions from the lowest to the highest, both included.
   *
   * @param lowest the lowest
   * @param highest the highest
   */
  public record Range(int lowest, int highest) {
    @Override
    public String toString() {
      return lowest == highest ? "version " + lowest : "versions " + lowest + " to " + highest;
    }
  }

  private static final int UNKNOWN = -1;

  private final Map<ApiKey, Range> ranges;
  private final Map<String, Integer> features;
  private final boolean isAssumed;

  private PeerVersions(
      Map<ApiKey, Range> ranges, Map<String, Integer> features, boolean isAssumed) {
    this.ranges = Collections.unmodifiableMap(ranges);
    this.features = Map.copyOf(features);
    this.isAssumed = isAssumed;
  }

  /** What a peer said; requests that we do not know are left out. */
  static PeerVersions of(ApiVersionsResponse response) {
    Map<ApiKey, Range> ranges = new EnumMap<>(ApiKey.class);
    for (ApiVersionsResponse.ApiVersion api : response.apiKeys()) {
      ApiKey key = ApiKey.find(api.apiKey());
      if (key != null && api.minVersion() >= 0 && api.minVersion() <= api.maxVersion()) {
        ranges.put(key, new Range(api.minVersion(), api.maxVersion()));
      }
    }
    Map<String, Integer> features = new HashMap<>();
    for (ApiVersionsResponse.FinalizedFeatureKey feature : response.finalizedFeatures()) {
      features.put(feature.name(), (int) feature.maxVersionLevel());
    }
    return new PeerVersions(ranges, features, false);
  }

  /** The level that the whole cluster has agreed on for a feature; −1 if the peer did not say. */
  public int finalizedFeature(String name) {
    return features.getOrDefault(name, UNKNOWN);
  }

  /** The ranges by request. */
  public Map<ApiKey, Range> ranges() {
    return ranges;
  }

  /** Whether the peer is too old to have said it itself. */
  public boolean isAssumed() {
    return isAssumed;
  }

  /** The highest version that both sides know; −1 if there is none. */
  public int highestCommon(ApiKey key) {
    Range theirs = ranges.get(key);
    if (theirs == null) {
      return -1;
    }
    int highest = Math.min(theirs.highest, key.highestVersion());
    return highest >= Math.max(theirs.lowest, key.lowestVersion()) ? highest : -1;
  }

  /** Whether the peer takes this version of a request. */
  public boolean takes(ApiKey key, int version) {
    Range theirs = ranges.get(key);
    return theirs != null && version >= theirs.lowest && version <= theirs.highest;
  }

  /** The peer's versions of a request in words. */
  String describe(ApiKey key) {
    Range theirs = ranges.get(key);
    return theirs == null ? "does not take it" : "takes " + theirs;
  }

  private static Map<ApiKey, Range> versionsOf082() {
    Map<ApiKey, Range> ranges = new EnumMap<>(ApiKey.class);
    ranges.put(ApiKey.PRODUCE, new Range(0, 0));
    ranges.put(ApiKey.FETCH, new Range(0, 0));
    ranges.put(ApiKey.LIST_OFFSETS, new Range(0, 0));
    ranges.put(ApiKey.METADATA, new Range(0, 0));
    ranges.put(ApiKey.OFFSET_COMMIT, new Range(0, 1));
    ranges.put(ApiKey.OFFSET_FETCH, new Range(0, 1));
    ranges.put(ApiKey.FIND_COORDINATOR, new Range(0, 0));
    return ranges;
  }
}
