package io.ottla.testkit.internal.admin;

import java.util.stream.IntStream;

/**
 * What a client may do where nothing is forbidden, as a broker without an authorizer tells it: a
 * bit for each of Kafka's operations that the resource knows.
 */
public final class AllowedOperations {
  private static final int READ = 3;
  private static final int WRITE = 4;
  private static final int CREATE = 5;
  private static final int DELETE = 6;
  private static final int ALTER = 7;
  private static final int DESCRIBE = 8;
  private static final int CLUSTER_ACTION = 9;
  private static final int DESCRIBE_CONFIGS = 10;
  private static final int ALTER_CONFIGS = 11;
  private static final int IDEMPOTENT_WRITE = 12;

  /** On a topic. */
  public static final int ON_TOPIC =
      bits(READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS);

  /** On the cluster. */
  public static final int ON_CLUSTER =
      bits(
          CREATE,
          ALTER,
          DESCRIBE,
          CLUSTER_ACTION,
          DESCRIBE_CONFIGS,
          ALTER_CONFIGS,
          IDEMPOTENT_WRITE);

  private AllowedOperations() {}

  private static int bits(int... numbers) {
    return IntStream.of(numbers).map(number -> 1 << number).sum();
  }
}
