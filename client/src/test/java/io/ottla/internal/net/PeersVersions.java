package io.ottla.internal.net;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ApiVersionsResponse.ApiVersion;
import java.util.ArrayList;

/** What brokers take, for tests outside this package. */
public final class PeersVersions {
  private PeersVersions() {}

  /** Everything, but Produce only up to a version. */
  public static PeerVersions upToProduce(int highest) {
    ApiVersionsResponse response = new ApiVersionsResponse().apiKeys(new ArrayList<>());
    for (ApiKey key : ApiKey.values()) {
      int most = key == ApiKey.PRODUCE ? highest : key.highestVersion();
      response
          .apiKeys()
          .add(
              new ApiVersion()
                  .apiKey(key.id())
                  .minVersion(key.lowestVersion())
                  .maxVersion((short) most));
    }
    return PeerVersions.of(response);
  }
}
