package io.ottla.testkit.internal.version;

import io.ottla.protocol.message.ApiKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a broker of one release of Kafka offers to clients: the versions of each API, and the levels
 * of its features.
 *
 * <p>Thread: any; never changes.
 */
public final class ReleaseVersions {
  private static final ReleaseNumber FIRST_WITH_TOPIC_IDS = new ReleaseNumber("2.8");
  private static final ReleaseNumber FIRST_WITHOUT_OLD_PRODUCE = new ReleaseNumber("4.0");

  /** Versions of Produce below it carry records of a form that 4.0 no longer reads. */
  private static final short LOWEST_PRODUCE_SINCE_4_0 = 3;

  /** Those that were asked for: reading one costs a millisecond. */
  private static final Map<String, ReleaseVersions> KNOWN = new ConcurrentHashMap<>();

  private static final History APIS = History.parse(ApiTable.TEXT);
  private static final History FEATURES = History.parse(FeatureTable.TEXT);

  private final ReleaseNumber release;
  private final Map<ApiKey, VersionRange> offered = new EnumMap<>(ApiKey.class);
  private final List<Feature> features = new ArrayList<>();

  private ReleaseVersions(ReleaseNumber release) {
    this.release = release;
    for (String api : APIS.names()) {
      APIS.at(api, release).ifPresent(text -> offered.put(ApiKey.valueOf(api), range(text)));
    }
    for (String feature : FEATURES.names()) {
      FEATURES.at(feature, release).ifPresent(text -> features.add(feature(feature, text)));
    }
  }

  /**
   * What a release offers.
   *
   * @param release as Kafka writes it without the bug fix release: {@code 0.10.2}, {@code 4.3}; one
   *     between those that we know is taken for the last before it
   */
  public static ReleaseVersions of(String release) {
    return KNOWN.computeIfAbsent(release, text -> new ReleaseVersions(new ReleaseNumber(text)));
  }

  /** The versions that ApiVersions tells, or would tell if the release had it; null for none. */
  public @Nullable VersionRange offered(ApiKey api) {
    return offered.get(api);
  }

  /**
   * Whether requests of a version are answered. So are all that are offered, but for versions 0 to
   * 2 of Produce since 4.0: they are told only because some clients look for them, and a broker
   * closes the connection on which one comes.
   */
  public boolean serves(ApiKey api, int version) {
    VersionRange range = offered.get(api);
    return range != null
        && range.contains(version)
        && (api != ApiKey.PRODUCE
            || version >= LOWEST_PRODUCE_SINCE_4_0
            || release.compareTo(FIRST_WITHOUT_OLD_PRODUCE) < 0);
  }

  /** Whether clients can ask for the versions at all. */
  public boolean hasApiVersions() {
    return offered.containsKey(ApiKey.API_VERSIONS);
  }

  /** Whether topics have ids. */
  public boolean hasTopicIds() {
    return release.compareTo(FIRST_WITH_TOPIC_IDS) >= 0;
  }

  /**
   * The features that ApiVersions tells from version 3 on. Those whose lowest level is 0 are told
   * only from version 4 on, since clients of version 3 cannot read that.
   */
  public List<Feature> features() {
    return List.copyOf(features);
  }

  /** The feature of this name, if the release has it. */
  public Optional<Feature> feature(String name) {
    return features.stream().filter(feature -> feature.name().equals(name)).findFirst();
  }

  private static VersionRange range(String text) {
    int dash = text.indexOf('-');
    return new VersionRange(
        Short.parseShort(text.substring(0, dash)), Short.parseShort(text.substring(dash + 1)));
  }

  private static Feature feature(String name, String text) {
    int equals = text.indexOf('=');
    return new Feature(
        name, range(text.substring(0, equals)), Short.parseShort(text.substring(equals + 1)));
  }
}
