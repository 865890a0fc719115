package io.ottla.testkit.bench;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ApiVersionsResponse.ApiVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The APIs that the null broker answers, and the versions, as Kafka 4.3 has them. */
final class Offered {
  private static final Map<ApiKey, Integer> LOWEST = new EnumMap<>(ApiKey.class);

  static {
    // Kafka offers versions of Produce that it does not serve: librdkafka finds its codecs so.
    LOWEST.put(ApiKey.PRODUCE, 0);
    LOWEST.put(ApiKey.FETCH, 4);
    LOWEST.put(ApiKey.LIST_OFFSETS, 1);
    LOWEST.put(ApiKey.METADATA, 0);
    LOWEST.put(ApiKey.FIND_COORDINATOR, 0);
    LOWEST.put(ApiKey.API_VERSIONS, 0);
    LOWEST.put(ApiKey.INIT_PRODUCER_ID, 0);
    LOWEST.put(ApiKey.OFFSET_FOR_LEADER_EPOCH, 2);
  }

  private Offered() {}

  /** Whether there is an answer to an API in a version. */
  static boolean has(ApiKey api, int version) {
    Integer lowest = LOWEST.get(api);
    return lowest != null && version >= lowest && version <= api.highestVersion();
  }

  static ApiVersionsResponse response() {
    List<ApiVersion> versions = new ArrayList<>();
    LOWEST.forEach(
        (api, lowest) ->
            versions.add(
                new ApiVersion()
                    .apiKey(api.id())
                    .minVersion(lowest.shortValue())
                    .maxVersion(api.highestVersion())));
    return new ApiVersionsResponse().apiKeys(versions);
  }
}
