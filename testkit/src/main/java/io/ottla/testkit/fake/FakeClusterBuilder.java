package io.ottla.testkit.fake;

import io.ottla.testkit.internal.broker.ClusterSettings;
import io.ottla.testkit.internal.broker.ClusterSettings.NewBroker;
import io.ottla.testkit.internal.broker.ServerConfig;
import io.ottla.testkit.internal.loop.Clock;
import io.ottla.testkit.internal.loop.ManualTime;
import io.ottla.testkit.internal.loop.RunningTime;
import io.ottla.testkit.internal.sasl.Users;
import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a {@link FakeCluster} is to be like. Not thread-safe. */
public final class FakeClusterBuilder {
  private record WantedTopic(String name, int partitions) {}

  private final List<WantedTopic> topics = new ArrayList<>();
  private final Map<String, String> config = new LinkedHashMap<>();
  private int brokers = 1;
  private List<String> racks = List.of();
  private String clusterId = "fake-cluster-of-ottla1";
  private KafkaRelease release = KafkaRelease.newest();
  private boolean hasManualClock;
  private boolean hidesTopicIds;
  private final WantedSecurity security = new WantedSecurity();

  FakeClusterBuilder() {}

  /**
   * How many brokers it begins with; their ids are 1, 2, 3 …
   *
   * @param count at least 1; default 1
   * @return this
   */
  public FakeClusterBuilder brokers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a cluster of " + count + " brokers");
    }
    brokers = count;
    return this;
  }

  /**
   * The racks of its brokers, which makes as many brokers as racks. Consumers that name theirs are
   * sent to a replica there (KIP-392).
   *
   * @param names of broker 1, 2, 3 …
   * @return this
   */
  public FakeClusterBuilder racks(String... names) {
    racks = List.of(names);
    return brokers(names.length);
  }

  /**
   * A topic that is there from the start. Its partitions have a replica on each broker, up to
   * three.
   *
   * @param name its name
   * @param partitions how many
   * @return this
   */
  public FakeClusterBuilder topic(String name, int partitions) {
    topics.add(new WantedTopic(name, partitions));
    return this;
  }

  /**
   * A config of all brokers.
   *
   * @param key by Kafka's name, such as {@code auto.create.topics.enable}
   * @param value as Kafka writes it
   * @return this
   * @throws IllegalArgumentException if a fake broker has no such config; the message names all
   */
  public FakeClusterBuilder config(String key, String value) {
    config.put(key, value);
    new ServerConfig(config);
    return this;
  }

  /**
   * Makes its brokers look like those of a release of Kafka: they offer that release's versions of
   * each API.
   *
   * @param like which; default the newest
   * @return this
   */
  public FakeClusterBuilder release(KafkaRelease like) {
    release = like;
    return this;
  }

  /**
   * The id by which clients know the cluster.
   *
   * @param id any text; default the same for all
   * @return this
   */
  public FakeClusterBuilder clusterId(String id) {
    clusterId = Objects.requireNonNull(id, "id");
    return this;
  }

  /**
   * Lets the cluster's time stand still until the test moves it; see {@link FakeCluster#clock}.
   *
   * @return this
   */
  public FakeClusterBuilder manualClock() {
    hasManualClock = true;
    return this;
  }

  /**
   * Makes its brokers speak TLS.
   *
   * @param certificate theirs; clients that check the host name find {@code 127.0.0.1} unless the
   *     brokers advertise another
   * @return this
   */
  public FakeClusterBuilder tls(TestCertificate certificate) {
    security.certificate(certificate);
    return this;
  }

  /**
   * Asks for the clients' certificates; only with {@link #tls}.
   *
   * @param wanted whether a client must have one
   * @param issuer whose certificates the brokers trust
   * @return this
   */
  public FakeClusterBuilder clientCertificates(ClientCertificates wanted, TestCertificates issuer) {
    security.clients(wanted, issuer);
    return this;
  }

  /**
   * Has clients authenticate with SASL, and lets this user in.
   *
   * @param name the user's
   * @param password for PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512
   * @return this
   */
  public FakeClusterBuilder user(String name, String password) {
    security.user(name, password);
    return this;
  }

  /**
   * Has clients authenticate with SASL, and with these mechanisms alone. OAUTHBEARER lets in
   * whoever has a JWT that is not signed ({@code "alg":"none"}) and not expired, unless {@link
   * #tokens} says otherwise.
   *
   * @param names of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER; default: those that there are
   *     users and tokens for
   * @return this
   * @throws IllegalArgumentException for any other, such as GSSAPI, which KafkaServer has
   */
  public FakeClusterBuilder mechanisms(String... names) {
    security.mechanisms(List.of(names));
    return this;
  }

  /**
   * Has clients authenticate with OAUTHBEARER.
   *
   * @param check tells whose a token is, and nothing if it is not good; runs on the cluster's
   *     thread
   * @return this
   */
  public FakeClusterBuilder tokens(Function<String, Optional<BearerToken>> check) {
    security.tokens(check);
    return this;
  }

  /**
   * Has clients authenticate again now and then (KIP-368): {@code connections.max.reauth.ms}.
   *
   * @param longest how long a session lasts, by the cluster's clock
   * @return this
   */
  public FakeClusterBuilder sessionLifetime(Duration longest) {
    return config("connections.max.reauth.ms", Long.toString(longest.toMillis()));
  }

  /**
   * Makes metadata tell no topic's id in any version, as some brokers that are not Apache's do.
   *
   * @return this
   */
  public FakeClusterBuilder withoutTopicIds() {
    hidesTopicIds = true;
    return this;
  }

  /**
   * Starts it.
   *
   * @return a cluster whose brokers accept connections
   */
  public FakeCluster start() {
    Clock clock = hasManualClock ? new ManualTime(System.currentTimeMillis()) : new RunningTime();
    Interceptions interceptions = new Interceptions();
    Handshakes handshakes = new Handshakes();
    Users users = new Users();
    ServerConfig serverConfig = new ServerConfig(config);
    ClusterSettings settings =
        new ClusterSettings(
            clusterId,
            newBrokers(),
            serverConfig,
            release.versions(),
            hidesTopicIds,
            clock,
            interceptions,
            security.settings(serverConfig, users, handshakes));
    FakeCluster cluster = FakeCluster.start(settings, interceptions, users, handshakes);
    try {
      topics.forEach(topic -> cluster.createTopic(topic.name, topic.partitions));
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private List<NewBroker> newBrokers() {
    if (!racks.isEmpty() && racks.size() != brokers) {
      throw new IllegalArgumentException(
          "%d brokers with %d racks %s".formatted(brokers, racks.size(), racks));
    }
    NewBroker[] all = new NewBroker[brokers];
    Arrays.setAll(all, i -> new NewBroker(i + 1, rack(i), 0));
    return List.of(all);
  }

  private @Nullable String rack(int index) {
    return racks.isEmpty() ? null : racks.get(index);
  }
}
