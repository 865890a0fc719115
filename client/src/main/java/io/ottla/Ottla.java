package io.ottla;

import io.ottla.internal.admin.RoutedAdmin;
import io.ottla.internal.cluster.RoutedCluster;
import io.ottla.internal.net.Software;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import java.util.function.Consumer;

/** The door: opens every client. */
public final class Ottla {
  private Ottla() {}

  /**
   * A broker, spoken to directly. Connects with the first request.
   *
   * @param host a name or an address
   * @param port the port, 1 to 65535
   */
  public static Broker broker(String host, int port) {
    return broker(host, port, options -> {});
  }

  /**
   * A broker, spoken to directly, with options of one's own.
   *
   * @param host a name or an address
   * @param port the port, 1 to 65535
   * @param configure sets options; called once, before this method returns
   * @throws io.ottla.error.ConfigException if an option has a value that it cannot have
   */
  public static Broker broker(String host, int port, Consumer<BrokerOptions.Builder> configure) {
    BrokerOptions.Builder builder = BrokerOptions.builder();
    configure.accept(builder);
    return SingleBroker.open(host, port, builder.build());
  }

  /**
   * A cluster, of which any broker can be asked. Connects with the first request.
   *
   * @param bootstrapServers {@code host:port} of some of its brokers, divided by commas
   * @throws io.ottla.error.ConfigException if that is not what they are
   */
  public static Cluster cluster(String bootstrapServers) {
    return cluster(bootstrapServers, options -> {});
  }

  /**
   * A cluster, with options of one's own.
   *
   * @param bootstrapServers {@code host:port} of some of its brokers, divided by commas
   * @param configure sets options; called once, before this method returns
   * @throws io.ottla.error.ConfigException if an option has a value that it cannot have
   */
  public static Cluster cluster(
      String bootstrapServers, Consumer<ClusterOptions.Builder> configure) {
    ClusterOptions.Builder builder = ClusterOptions.builder().bootstrapServers(bootstrapServers);
    configure.accept(builder);
    return open(builder.build());
  }

  /**
   * A cluster whose bootstrap servers are among its options.
   *
   * @param options checked already
   */
  public static Cluster cluster(ClusterOptions options) {
    return open(options);
  }

  /**
   * Administration of a cluster. Connects with the first request.
   *
   * @param bootstrapServers {@code host:port} of some of its brokers, divided by commas
   * @throws io.ottla.error.ConfigException if that is not what they are
   */
  public static Admin admin(String bootstrapServers) {
    return admin(bootstrapServers, options -> {});
  }

  /**
   * Administration of a cluster, with options of one's own.
   *
   * @param bootstrapServers {@code host:port} of some of its brokers, divided by commas
   * @param configure sets options; called once, before this method returns
   * @throws io.ottla.error.ConfigException if an option has a value that it cannot have
   */
  public static Admin admin(String bootstrapServers, Consumer<ClusterOptions.Builder> configure) {
    Cluster cluster = cluster(bootstrapServers, configure);
    SharedRuntime.Lease runtime = SharedRuntime.acquire();
    return RoutedAdmin.over(
        cluster,
        runtime.loop(),
        runtime.callbacks(),
        Clock.system(),
        Software.version(),
        runtime::close);
  }

  /**
   * A producer, with a cluster of its own. Connects with the first record.
   *
   * @param bootstrapServers {@code host:port} of some of the cluster's brokers, divided by commas
   */
  public static ProducerBuilder<byte[], byte[]> producer(String bootstrapServers) {
    return ProducerBuilder.of(bootstrapServers);
  }

  /**
   * A producer that shares what a cluster knows, and has connections of its own. The cluster must
   * stay open as long as the producer.
   *
   * @param cluster one that this class opened
   */
  public static ProducerBuilder<byte[], byte[]> producer(Cluster cluster) {
    if (!(cluster instanceof RoutedCluster routed)) {
      throw new IllegalArgumentException(cluster + " was not opened by Ottla.cluster");
    }
    return ProducerBuilder.over(routed);
  }

  static RoutedCluster open(ClusterOptions options) {
    SharedRuntime.Lease runtime = SharedRuntime.acquire();
    try {
      Clock clock = Clock.system();
      Connecting connecting = Connecting.of(options, 0, clock, runtime);
      return RoutedCluster.open(
          options,
          new RoutedCluster.Ground(connecting.settings(), clock, runtime, connecting::close));
    } catch (RuntimeException refused) {
      runtime.close();
      throw refused;
    }
  }
}
