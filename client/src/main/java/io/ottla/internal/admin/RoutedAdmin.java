package io.ottla.internal.admin;

import io.ottla.Admin;
import io.ottla.Cluster;
import io.ottla.admin.ClusterDescription;
import io.ottla.admin.ConfigAdmin;
import io.ottla.admin.GroupAdmin;
import io.ottla.admin.OffsetAdmin;
import io.ottla.admin.TopicAdmin;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Administration over a cluster that routes.
 *
 * <p>Owns: the cluster, which is closed with it, and through {@code release} what wakes waiting
 * calls. Thread: any.
 */
public final class RoutedAdmin implements Admin {
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private final Session session;
  private final String softwareVersion;
  private final Runnable release;
  private final TopicAdmin topics;
  private final ConfigAdmin configs;
  private final OffsetAdmin offsets;
  private final GroupAdmin groups;

  private RoutedAdmin(Session session, String softwareVersion, Runnable release) {
    this.session = session;
    this.softwareVersion = softwareVersion;
    this.release = release;
    topics = new RoutedTopics(session);
    configs = new RoutedConfigs(session);
    offsets = new RoutedOffsets(session);
    groups = new RoutedGroups(session);
  }

  /**
   * @param cluster whom to ask; closed together with this
   * @param loop wakes calls that wait
   * @param callbacks where they go on
   * @param softwareVersion of this library, as brokers count their clients
   * @param release gives loop and callbacks back; called when the cluster is closed
   */
  public static Admin over(
      Cluster cluster,
      Loop loop,
      Executor callbacks,
      Clock clock,
      String softwareVersion,
      Runnable release) {
    Session session = new Session(cluster, cluster.options().callTimeout(), loop, callbacks, clock);
    return new RoutedAdmin(session, softwareVersion, release);
  }

  @Override
  public TopicAdmin topics() {
    return topics;
  }

  @Override
  public ConfigAdmin configs() {
    return configs;
  }

  @Override
  public OffsetAdmin offsets() {
    return offsets;
  }

  @Override
  public GroupAdmin groups() {
    return groups;
  }

  @Override
  public CompletableFuture<ClusterDescription> describeCluster() {
    return Session.run(() -> ClusterDescriptions.describe(session, softwareVersion));
  }

  @Override
  public Admin within(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a timeout of " + timeout + " is not in 1 ns to " + LONGEST.toMillis() + " ms");
    }
    Session other =
        new Session(
            session.cluster(), timeout, session.loop(), session.callbacks(), session.clock());
    return new RoutedAdmin(other, softwareVersion, release);
  }

  @Override
  public Cluster cluster() {
    return session.cluster();
  }

  @Override
  public void close() {
    session.cluster().close();
    release.run();
  }

  @Override
  public void close(Duration timeout) {
    session.cluster().close(timeout);
    release.run();
  }

  @Override
  public String toString() {
    return "Admin[" + session.cluster() + "]";
  }
}
