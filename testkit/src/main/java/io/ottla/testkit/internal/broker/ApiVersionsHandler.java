package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.version.Feature;
import io.ottla.testkit.internal.version.VersionRange;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Tells the versions and features of a broker (KIP-35, KIP-511, KIP-584). */
final class ApiVersionsHandler implements Handler<ApiVersionsRequest, ApiVersionsResponse> {
  private static final int FIRST_WITH_SOFTWARE_NAME = 3;
  private static final int FIRST_WITH_FEATURES_FROM_ZERO = 4;
  private static final Pattern SOFTWARE =
      Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?");

  private final IntFunction<ServedVersions> byBroker;

  ApiVersionsHandler(IntFunction<ServedVersions> byBroker) {
    this.byBroker = byBroker;
  }

  @Override
  public void handle(Exchange<ApiVersionsRequest, ApiVersionsResponse> exchange) {
    ServedVersions versions = byBroker.apply(exchange.brokerId());
    ApiVersionsRequest request = exchange.request();
    if (exchange.version() >= FIRST_WITH_SOFTWARE_NAME
        && !(isSoftware(request.clientSoftwareName())
            && isSoftware(request.clientSoftwareVersion()))) {
      exchange.answer(new ApiVersionsResponse().errorCode(ErrorCode.INVALID_REQUEST.code()));
      return;
    }
    ApiVersionsResponse response = new ApiVersionsResponse();
    for (ApiKey api : ApiKey.values()) {
      tell(response, api, versions);
    }
    for (Feature feature : versions.features()) {
      tell(response, feature, exchange.version());
    }
    exchange.answer(response.finalizedFeaturesEpoch(versions.features().isEmpty() ? -1 : 0));
  }

  /** An answer with nothing but the versions of one API. */
  ApiVersionsResponse only(ApiKey api, ServedVersions versions) {
    ApiVersionsResponse response = new ApiVersionsResponse();
    tell(response, api, versions);
    return response;
  }

  private static void tell(ApiVersionsResponse response, ApiKey api, ServedVersions versions) {
    VersionRange told = versions.told(api);
    if (told != null) {
      response
          .apiKeys()
          .add(
              new ApiVersionsResponse.ApiVersion()
                  .apiKey(api.id())
                  .minVersion(told.lowest())
                  .maxVersion(told.highest()));
    }
  }

  private static void tell(ApiVersionsResponse response, Feature feature, int version) {
    // Readers of version 3 fail on a level of 0 (KAFKA-17492), so it is not told to them.
    if (feature.supported().lowest() > 0 || version >= FIRST_WITH_FEATURES_FROM_ZERO) {
      response
          .supportedFeatures()
          .add(
              new ApiVersionsResponse.SupportedFeatureKey()
                  .name(feature.name())
                  .minVersion(feature.supported().lowest())
                  .maxVersion(feature.supported().highest()));
    }
    if (feature.finalizedLevel() > 0) {
      response
          .finalizedFeatures()
          .add(
              new ApiVersionsResponse.FinalizedFeatureKey()
                  .name(feature.name())
                  .minVersionLevel(feature.finalizedLevel())
                  .maxVersionLevel(feature.finalizedLevel()));
    }
  }

  private static boolean isSoftware(String name) {
    return SOFTWARE.matcher(name).matches();
  }
}
