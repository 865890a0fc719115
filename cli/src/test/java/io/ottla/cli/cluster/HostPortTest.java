package io.ottla.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "localhost,localhost,9092,localhost:9092",
    "kafka-1.example:1,kafka-1.example,1,kafka-1.example:1",
    "127.0.0.1:65535,127.0.0.1,65535,127.0.0.1:65535",
    "[::1],::1,9092,[::1]:9092",
    "[fe80::1%eth]:19092,fe80::1%eth,19092,[fe80::1%eth]:19092",
  })
  void an_address_is_read_and_printed(String word, String host, int port, String printed) {
    HostPort address = HostPort.parse(word);

    assertThat(address).isEqualTo(new HostPort(host, port)).hasToString(printed);
  }
}
