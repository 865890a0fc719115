package io.ottla.producer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The usual partitioners. Any other is a function: a {@link Partitioner}, or a {@link
 * KeyPartitioner} if the key is all that it looks at.
 *
 * <p>Clients that write the same keys to one topic must choose alike: {@link #standard} as Kafka's
 * Java client does, {@link #consistentRandom} as librdkafka does unless told otherwise (and with it
 * the clients of Python, Go, .NET and others that stand on it), {@link #fnv1a} as Sarama does.
 *
 * <p>Where a record goes by its key, it goes there also while that partition is in trouble; and if
 * partitions are added to the topic, most keys have another one from then on.
 */
public final class Partitioners {
  private static final int POSITIVE = Integer.MAX_VALUE; // Java's way: the sign is cleared
  private static final int UNSIGNED = -1; // librdkafka's way: the sign is a bit like others

  private static final KeyPartitioner STANDARD =
      new HashPartitioner("default", KeyHash::murmur2, POSITIVE, 0, HashPartitioner.ANYWHERE);
  private static final KeyPartitioner STICKY =
      new FreePartitioner("sticky", HashPartitioner.ANYWHERE);
  private static final KeyPartitioner RANDOM =
      new FreePartitioner("random", HashPartitioner.AT_RANDOM);
  private static final KeyPartitioner MURMUR2 =
      new HashPartitioner("murmur2", KeyHash::murmur2, POSITIVE, 0, null);
  private static final KeyPartitioner MURMUR2_RANDOM =
      new HashPartitioner(
          "murmur2_random", KeyHash::murmur2, POSITIVE, 0, HashPartitioner.AT_RANDOM);
  private static final KeyPartitioner CONSISTENT =
      new HashPartitioner("consistent", KeyHash::crc32, UNSIGNED, 0, null);
  private static final KeyPartitioner CONSISTENT_RANDOM =
      new HashPartitioner(
          "consistent_random", KeyHash::crc32, UNSIGNED, 1, HashPartitioner.AT_RANDOM);
  private static final KeyPartitioner FNV1A =
      new HashPartitioner("fnv1a", KeyHash::fnv1a, UNSIGNED, 0, null);
  private static final KeyPartitioner FNV1A_RANDOM =
      new HashPartitioner("fnv1a_random", KeyHash::fnv1a, UNSIGNED, 0, HashPartitioner.AT_RANDOM);

  private static final Map<String, Supplier<KeyPartitioner>> BY_NAME = byName();

  private Partitioners() {}

  /**
   * The default, as Kafka's Java client: by murmur2 of the key, also of an empty one; without a key
   * wherever a batch is being filled, and more often where batches leave faster.
   */
  public static KeyPartitioner standard() {
    return STANDARD;
  }

  /** Wherever a batch is being filled, whatever the key. */
  public static KeyPartitioner sticky() {
    return STICKY;
  }

  /**
   * One partition after the other, whatever the key, beginning anywhere. Each topic of each
   * producer counts for itself. Fills as many batches at a time as there are partitions.
   */
  public static KeyPartitioner roundRobin() {
    return new RoundRobinPartitioner();
  }

  /**
   * Each record by chance, whatever the key. Fills as many batches at a time as there are
   * partitions.
   */
  public static KeyPartitioner random() {
    return RANDOM;
  }

  /** By murmur2 of the key; no key counts as an empty one, so they all go to one partition. */
  public static KeyPartitioner murmur2() {
    return MURMUR2;
  }

  /** By murmur2 of the key, also of an empty one; each record without a key by chance. */
  public static KeyPartitioner murmur2Random() {
    return MURMUR2_RANDOM;
  }

  /** By CRC-32 of the key; empty keys, and none, all go to one partition. */
  public static KeyPartitioner consistent() {
    return CONSISTENT;
  }

  /** By CRC-32 of the key; each record without a key, or with an empty one, by chance. */
  public static KeyPartitioner consistentRandom() {
    return CONSISTENT_RANDOM;
  }

  /** By FNV-1a of the key; no key counts as an empty one, so they all go to one partition. */
  public static KeyPartitioner fnv1a() {
    return FNV1A;
  }

  /** By FNV-1a of the key, also of an empty one; each record without a key by chance. */
  public static KeyPartitioner fnv1aRandom() {
    return FNV1A_RANDOM;
  }

  /**
   * One of these by its name in options: the name that {@code toString} says.
   *
   * @throws IllegalArgumentException if there is none of that name; the message has all names
   */
  public static KeyPartitioner named(String name) {
    Supplier<KeyPartitioner> found = BY_NAME.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no partitioner is called " + name + ": there are " + String.join(", ", names()));
    }
    return found.get();
  }

  /** The names that {@link #named} knows; {@code java} is another one of the default. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  private static Map<String, Supplier<KeyPartitioner>> byName() {
    Map<String, Supplier<KeyPartitioner>> all = new LinkedHashMap<>();
    all.put("default", Partitioners::standard);
    all.put("java", Partitioners::standard);
    all.put("sticky", Partitioners::sticky);
    all.put("round-robin", Partitioners::roundRobin);
    all.put("random", Partitioners::random);
    all.put("murmur2", Partitioners::murmur2);
    all.put("murmur2_random", Partitioners::murmur2Random);
    all.put("consistent", Partitioners::consistent);
    all.put("consistent_random", Partitioners::consistentRandom);
    all.put("fnv1a", Partitioners::fnv1a);
    all.put("fnv1a_random", Partitioners::fnv1aRandom);
    return Collections.unmodifiableMap(all);
  }
}
