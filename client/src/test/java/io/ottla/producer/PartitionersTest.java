package io.ottla.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.testkit.scenario.Scenario;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionersTest {
  private static final long SEED = Long.getLong("ottla.seed", System.nanoTime());
  private static final int PARTITIONS = 17;
  private static final long BY_CHANCE = -1;

  /** The keys of librdkafka's test 0048, in its order. */
  private static final List<@Nullable String> KEYS =
      Arrays.asList(
          null, "", "23456", "this is another string with more length to it perhaps", "hejsan");

  private static byte @Nullable [] bytes(@Nullable String key) {
    return key == null ? null : key.getBytes(StandardCharsets.US_ASCII);
  }

  private static int choose(KeyPartitioner partitioner, byte @Nullable [] key, int partitions) {
    return partitioner.choose(key, 0, key == null ? 0 : key.length, partitions);
  }

  @ParameterizedTest
  @Scenario("L20")
  @CsvSource({
    "random,            -1,         -1,         -1,         -1,         -1",
    "consistent,        0,          0,          0xb1b451d7, 0xb0150df7, 0xd077037e",
    "consistent_random, -1,         -1,         0xb1b451d7, 0xb0150df7, 0xd077037e",
    "murmur2,           0x106e08d9, 0x106e08d9, 0x058d780f, 0x4f7703da, 0x5ec19395",
    "murmur2_random,    -1,         0x106e08d9, 0x058d780f, 0x4f7703da, 0x5ec19395",
    "fnv1a,             0x7ee3623b, 0x7ee3623b, 0x27e6f469, 0x155e3e5f, 0x17b1e27a",
    "fnv1a_random,      -1,         0x7ee3623b, 0x27e6f469, 0x155e3e5f, 0x17b1e27a",
  })
  void keys_go_where_librdkafka_sends_them(
      String name, String none, String empty, String third, String fourth, String fifth) {
    KeyPartitioner partitioner = Partitioners.named(name);
    List<String> hashes = List.of(none, empty, third, fourth, fifth);

    for (int i = 0; i < hashes.size(); i++) {
      long hash = Long.decode(hashes.get(i));
      byte[] key = bytes(KEYS.get(i));
      if (hash == BY_CHANCE) {
        assertThat(chosen(partitioner, key)).as("key %s", KEYS.get(i)).hasSize(PARTITIONS);
      } else {
        assertThat(chosen(partitioner, key))
            .as("key %s", KEYS.get(i))
            .containsExactly((int) (hash % PARTITIONS));
      }
    }
  }

  /** Where a thousand records with this key go; by chance alone all 17 partitions are hit. */
  private static Set<Integer> chosen(KeyPartitioner partitioner, byte @Nullable [] key) {
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(choose(partitioner, key, PARTITIONS));
    }
    return all;
  }

  @ParameterizedTest
  @Scenario("L20")
  @CsvSource({
    "kafka,                                  0xd067cf64, 0x0d33c4e1",
    "giberish123456789,                      0x8f552b0c, 0x77a58295",
    "1234,                                   0x9fc97b14, 0x023bdd03",
    "234,                                    0xe7c009ca, 0x2dea3cd2",
    "34,                                     0x873930da, 0x740fa83e",
    "4,                                      0x5a4b5ca1, 0x310ca263",
    "'PreAmbleWillBeRemoved,ThePrePartThatIs', 0x78424f1c, 0x65cbd69c",
    "'reAmbleWillBeRemoved,ThePrePartThatIs', 0x4a62b377, 0x6e49c79a",
    "'eAmbleWillBeRemoved,ThePrePartThatIs', 0xe0e4e09e, 0x69eed356",
    "'AmbleWillBeRemoved,ThePrePartThatIs',  0x62b8b43f, 0x6abcc023",
    "'',                                     0x106e08d9, 0x7ee3623b",
  })
  void hashes_are_those_of_librdkafkas_vectors(String key, String murmur2, String fnv1a) {
    byte[] padded = ("??" + key + "?").getBytes(StandardCharsets.US_ASCII);

    assertThat(KeyHash.murmur2(padded, 2, key.length()))
        .isEqualTo((int) (long) Long.decode(murmur2));
    assertThat(KeyHash.fnv1a(padded, 2, key.length())).isEqualTo((int) (long) Long.decode(fnv1a));
  }

  @Test
  @Scenario("L20")
  void keys_go_where_kafkas_java_client_sends_them() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = new byte[random.nextInt(100)];
      random.nextBytes(key);
      int partitions = 1 + random.nextInt(1_000);

      assertThat(KeyHash.murmur2(key, 0, key.length))
          .as("seed %d", SEED)
          .isEqualTo(Utils.murmur2(key));
      assertThat(choose(Partitioners.standard(), key, partitions))
          .as("seed %d", SEED)
          .isEqualTo(choose(Partitioners.murmur2(), key, partitions))
          .isEqualTo(choose(Partitioners.murmur2Random(), key, partitions))
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
    }
  }

  @Test
  void a_hash_whose_absolute_value_is_no_int_stays_within_the_partitions() {
    byte[] key = {(byte) 245, 52, 23, 122, 1}; // found by a search

    assertThat(KeyHash.fnv1a(key, 0, key.length)).isEqualTo(Integer.MIN_VALUE);
    assertThat(choose(Partitioners.fnv1a(), key, 7)).isEqualTo((int) (0x80000000L % 7));
  }

  @Test
  void the_default_sends_records_without_a_key_wherever_a_batch_is_being_filled() {
    assertThat(choose(Partitioners.standard(), null, 3)).isEqualTo(Partitioner.ANY);
    assertThat(choose(Partitioners.standard(), new byte[0], 3))
        .isEqualTo(0x106e08d9 % 3); // as Kafka: an empty key is a key
    assertThat(choose(Partitioners.sticky(), null, 3)).isEqualTo(Partitioner.ANY);
    assertThat(choose(Partitioners.sticky(), new byte[] {1}, 3)).isEqualTo(Partitioner.ANY);
  }

  @Test
  void a_key_in_a_buffer_goes_where_the_same_bytes_in_an_array_go() {
    byte[] padded = {7, 7, 'h', 'e', 'j', 's', 'a', 'n', 7};
    ByteBuffer part = ByteBuffer.wrap(padded, 1, 8).slice().position(1).limit(7);
    ByteBuffer direct = ByteBuffer.allocateDirect(6).put(padded, 2, 6).flip();
    Partitioner partitioner = Partitioners.murmur2();
    int expected = 0x5ec19395 % PARTITIONS;

    assertThat(partitioner.choose("orders", part, null, PARTITIONS)).isEqualTo(expected);
    assertThat(partitioner.choose("orders", part.asReadOnlyBuffer(), null, PARTITIONS))
        .isEqualTo(expected);
    assertThat(partitioner.choose("orders", direct, null, PARTITIONS)).isEqualTo(expected);
    assertThat(part.position()).isEqualTo(1);
    assertThat(direct.position()).isZero();
    assertThat(partitioner.choose("orders", null, null, PARTITIONS))
        .isEqualTo(0x106e08d9 % PARTITIONS);
  }

  @Test
  void round_robin_takes_one_partition_after_the_other() {
    KeyPartitioner partitioner = new RoundRobinPartitioner(0);

    assertThat(IntStream.range(0, 7).map(i -> partitioner.choose(null, 0, 0, 3)))
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void round_robin_goes_on_when_its_counter_is_full() {
    KeyPartitioner partitioner = new RoundRobinPartitioner(Integer.MAX_VALUE);

    assertThat(IntStream.range(0, 4).map(i -> partitioner.choose(null, 0, 0, 2)))
        .containsExactly(1, 0, 1, 0);
  }

  @Test
  void topics_and_producers_that_share_a_round_robin_do_not_leave_partitions_out() {
    KeyPartitioner shared = Partitioners.roundRobin();
    KeyPartitioner orders = shared.forTopic();
    KeyPartitioner others = shared.forTopic();
    List<Integer> fast = new ArrayList<>();
    List<Integer> byName = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      fast.add(choose(orders, null, 2));
      choose(others, null, 2);
      byName.add(shared.choose("orders", null, null, 2));
      shared.choose("others", null, null, 2);
    }

    assertThat(new HashSet<>(fast)).hasSize(2);
    assertThat(new HashSet<>(byName)).hasSize(2);
  }

  @Test
  void what_remembers_nothing_is_one_object_for_all_topics() {
    for (String name : Partitioners.names()) {
      KeyPartitioner partitioner = Partitioners.named(name);
      if (!name.equals("round-robin")) {
        assertThat(partitioner.forTopic()).isSameAs(partitioner).isSameAs(Partitioners.named(name));
      }
    }
  }

  @Test
  void each_has_the_name_by_which_options_find_it() {
    for (String name : Partitioners.names()) {
      assertThat(Partitioners.named(name)).hasToString(name.equals("java") ? "default" : name);
    }
    assertThatThrownBy(() -> Partitioners.named("murmur3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("murmur3")
        .hasMessageContaining("murmur2_random");
  }

  @Test
  void all_stay_within_the_partitions() {
    Random random = new Random(SEED);
    for (String name : Partitioners.names()) {
      KeyPartitioner partitioner = Partitioners.named(name);
      for (int i = 0; i < 2_000; i++) {
        byte[] key = new byte[random.nextInt(20)];
        random.nextBytes(key);
        int partitions = 1 + random.nextInt(20);
        assertThat(choose(partitioner, key, partitions))
            .as("%s, seed %d", name, SEED)
            .isBetween(name.equals("sticky") ? Partitioner.ANY : 0, partitions - 1);
      }
    }
  }

  @Test
  void a_function_is_a_partitioner() {
    Map<String, Integer> places = Map.of("orders", 2);
    Partitioner byTopic = (topic, key, value, partitions) -> places.getOrDefault(topic, 0);
    KeyPartitioner byLength = (key, offset, length, partitions) -> length % partitions;

    assertThat(byTopic.choose("orders", null, null, 3)).isEqualTo(2);
    assertThat(byLength.choose("orders", ByteBuffer.allocate(4), null, 3)).isEqualTo(1);
  }
}
