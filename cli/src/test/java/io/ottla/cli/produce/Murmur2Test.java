package io.ottla.cli.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur2Test {
  @ParameterizedTest
  @CsvSource({
    "21, -973932308",
    "foobar, -790332482",
    "a-little-bit-long-string, -985981536",
    "a-little-bit-longer-string, -1486304829",
    "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, -58897971",
    "abc, 479470107",
  })
  void hashes_are_those_that_kafka_publishes(String key, int hash) {
    byte[] bytes = key.getBytes(UTF_8);

    assertThat(Murmur2.hash(bytes, 0, bytes.length)).isEqualTo(hash);
  }

  @Test
  void only_the_given_bytes_count() {
    byte[] bytes = "xxfoobaryy".getBytes(UTF_8);

    assertThat(Murmur2.hash(bytes, 2, 6)).isEqualTo(-790332482);
  }

  @Test
  void a_negative_hash_still_has_a_partition() {
    byte[] key = "21".getBytes(UTF_8);

    assertThat(Murmur2.partition(key, 0, 2, 100)).isEqualTo((-973932308 & 0x7fffffff) % 100);
  }
}
