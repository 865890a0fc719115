package io.ottla.testkit.internal.broker;

import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.internal.version.Feature;
import io.ottla.testkit.internal.version.ReleaseVersions;
import io.ottla.testkit.internal.version.VersionRange;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions that one fake broker tells and serves: those of a release of Kafka, as far as it can
 * do them, and what a test changed.
 *
 * <p>Thread: the cluster's loop.
 */
public final class ServedVersions {
  private final Set<ApiKey> able;
  private final Map<ApiKey, VersionRange> pinned = new EnumMap<>(ApiKey.class);
  private final Set<ApiKey> hidden = EnumSet.noneOf(ApiKey.class);
  private ReleaseVersions release;

  /**
   * @param release whose broker it looks like
   * @param able the APIs that a fake broker can do
   */
  ServedVersions(ReleaseVersions release, Set<ApiKey> able) {
    this.release = release;
    this.able = able;
  }

  /** Makes it look like a broker of another release; what was pinned by API stays. */
  public void release(ReleaseVersions to) {
    release = to;
  }

  /** The release that it looks like. */
  public ReleaseVersions release() {
    return release;
  }

  /** Offers just these versions of an API. */
  public void pin(ApiKey api, VersionRange versions) {
    hidden.remove(api);
    pinned.put(api, versions);
  }

  /** Offers an API no more. */
  public void hide(ApiKey api) {
    hidden.add(api);
  }

  /** What ApiVersions tells of an API; null for nothing. */
  @Nullable VersionRange told(ApiKey api) {
    if (hidden.contains(api) || !able.contains(api)) {
      return null;
    }
    VersionRange pin = pinned.get(api);
    return pin == null ? release.offered(api) : pin;
  }

  /** Whether a request in this version is served. */
  boolean serves(ApiKey api, int version) {
    VersionRange told = told(api);
    return told != null
        && told.contains(version)
        && (pinned.containsKey(api) || release.serves(api, version));
  }

  /** Whether a real broker of the release would serve what this one cannot. */
  boolean isBeyondUs(ApiKey api, int version) {
    return !able.contains(api) && release.serves(api, version);
  }

  /** The features that the release has. */
  List<Feature> features() {
    return release.features();
  }
}
