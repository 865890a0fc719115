package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.ClusterDescription;
import io.ottla.admin.ClusterDescription.Broker;
import io.ottla.admin.ClusterDescription.Feature;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ApiVersionsRequest;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Describes the cluster itself. Thread: any. */
final class ClusterDescriptions {
  /** As the connection said already: the broker counts clients by it. */
  private static final String SOFTWARE = "ottla";

  private ClusterDescriptions() {}

  static CompletableFuture<ClusterDescription> describe(Session session, String softwareVersion) {
    Deadline deadline = session.begin();
    ApiVersionsRequest features =
        new ApiVersionsRequest()
            .clientSoftwareName(SOFTWARE)
            .clientSoftwareVersion(softwareVersion);
    CompletableFuture<SortedMap<String, Feature>> told =
        session
            .ask(features, Route.any(), deadline)
            .thenApply(ClusterDescriptions::features)
            .exceptionally(ClusterDescriptions::noneIfTooOld);
    return Fitting.ask(
            List.of(
                new MetadataRequest().topics(new ArrayList<>()).allowAutoTopicCreation(false),
                new MetadataRequest().topics(new ArrayList<>())),
            form -> session.ask(form, Route.any(), deadline))
        .thenCombine(told, ClusterDescriptions::description);
  }

  private static ClusterDescription description(
      MetadataResponse answer, SortedMap<String, Feature> features) {
    int controller = answer.controllerId();
    return new ClusterDescription(
        Optional.ofNullable(answer.clusterId()),
        controller < 0 ? OptionalInt.empty() : OptionalInt.of(controller),
        answer.brokers().stream()
            .sorted(Comparator.comparingInt(MetadataResponse.MetadataResponseBroker::nodeId))
            .map(
                broker ->
                    new Broker(
                        broker.nodeId(),
                        broker.host(),
                        broker.port(),
                        Optional.ofNullable(broker.rack())))
            .toList(),
        features);
  }

  private static SortedMap<String, Feature> features(ApiVersionsResponse answer) {
    SortedMap<String, Feature> features = new TreeMap<>();
    answer
        .supportedFeatures()
        .forEach(feature -> features.put(feature.name(), new Feature(0, feature.maxVersion())));
    answer
        .finalizedFeatures()
        .forEach(
            feature ->
                features.merge(
                    feature.name(),
                    new Feature(feature.maxVersionLevel(), feature.maxVersionLevel()),
                    (able, now) -> new Feature(now.level(), able.highest())));
    return features;
  }

  private static SortedMap<String, Feature> noneIfTooOld(Throwable failure) {
    if (Fitting.isMisfit(failure)) {
      return new TreeMap<>();
    }
    throw new CompletionException(Session.reason(failure));
  }
}
