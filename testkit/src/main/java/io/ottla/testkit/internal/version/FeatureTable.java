package io.ottla.testkit.internal.version;

/**
 * The features of Kafka's releases: from a release on, the lowest and the highest level that its
 * brokers support, and behind the equals sign the level in a cluster that was formatted by it.
 *
 * <p>{@code kraft.version} is that of a cluster with a fixed list of controllers.
 */
final class FeatureTable {
  static final String TEXT =
      """
      metadata.version 3.3:1-7=7 3.4:1-8=8 3.5:1-11=11 3.6:1-14=14 3.7:1-19=19 3.8:1-20=20 3.9:1-21=21 4.0:7-25=25 4.1:7-27=27 4.2:7-29=29 4.3:7-30=30
      kraft.version 3.9:0-1=0
      transaction.version 4.0:0-2=2
      group.version 4.0:0-1=1
      eligible.leader.replicas.version 4.0:0-1=0 4.1:0-1=1
      share.version 4.1:0-1=0 4.2:0-1=1
      streams.version 4.2:0-1=1
      """
          .stripTrailing();

  private FeatureTable() {}
}
