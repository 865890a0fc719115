package io.ottla.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionTypesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1ms, 1",
    "500 ms, 500",
    "30s, 30000",
    "2m, 120000",
    "2min, 120000",
    "1H, 3600000",
    "7d, 604800000"
  })
  void durations_have_units(String text, long millis) {
    assertThat(Durations.orZero().read(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "", "s", "-1s", "1.5s", "5 parsecs", "PT5S", "106751991167301d", "1s1"})
  void durations_without_a_unit_or_with_a_strange_one_are_none(String text) {
    assertThat(Durations.orZero().read(text)).isNull();
  }

  @Test
  @Scenario("G100")
  void durations_fit_into_32_bits_of_milliseconds() {
    assertThat(Durations.orZero().accepts(Duration.ofMillis(Integer.MAX_VALUE))).isTrue();
    assertThat(Durations.orZero().accepts(Duration.ofMillis(1L << 31))).isFalse();
    assertThat(Durations.positive().accepts(Duration.ZERO)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "1500, 1500ms", "30000, 30s", "90000, 90s", "120000, 2m"})
  void durations_are_shown_as_they_are_read(long millis, String text) {
    Duration value = Duration.ofMillis(millis);

    assertThat(Durations.orZero().read(Durations.orZero().show(value))).isEqualTo(value);
    assertThat(Durations.orZero().read(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "65536, 65536",
    "64kB, 64000",
    "64KiB, 65536",
    "64 MB, 64000000",
    "64MiB, 67108864",
    "1GiB, 1073741824",
    "10b, 10"
  })
  void sizes_may_have_units(String text, long bytes) {
    assertThat(new Sizes(0).read(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5MB", "64 M", "MB", "999999999999999999GiB"})
  void what_is_not_a_size_is_none(String text) {
    assertThat(new Sizes(0).read(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"-1, -1", "+5, 5", "2147483647, 2147483647"})
  void numbers_are_read(String text, int value) {
    assertThat(new Integers(-1, 5).read(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2147483648", "-2147483649", "99999999999999999999999", "1e3", "0x1"})
  void what_is_not_a_number_of_32_bits_is_none(String text) {
    assertThat(new Integers(-1, 5).read(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "FALSE, false", "1, true", "0, false"})
  void yes_and_no(String text, boolean value) {
    assertThat(new Booleans().read(text)).isEqualTo(value);
    assertThat(new Booleans().read("yes")).isNull();
  }

  @Test
  void servers_are_read_and_named_once() {
    List<HostPort> servers =
        Objects.requireNonNull(
            new HostPorts().read("a:9093, b ,[::1]:9094,[fe80::1%eth0], a:9093,10.0.0.1:1"));

    assertThat(servers)
        .extracting(HostPort::toString)
        .containsExactly("a:9093", "b:9092", "[::1]:9094", "[fe80::1%eth0]:9092", "10.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a:9092,",
        "a:0",
        "a:65536",
        "a:x",
        ":9092",
        "SSL://a:9092",
        "::1",
        "::1:9092",
        "a b:1",
        "u@h:1",
        "a:123456"
      })
  void what_is_not_a_server_is_none(String text) {
    assertThat(new HostPorts().read(text)).isNull();
  }

  @Test
  void local_addresses_are_digits() {
    LocalAddresses type = new LocalAddresses();

    assertThat(type.read("127.0.0.1")).hasToString("/127.0.0.1:0");
    assertThat(type.read("127.0.0.1:5000")).hasToString("/127.0.0.1:5000");
    assertThat(type.read("[::1]:5000")).hasToString("/[0:0:0:0:0:0:0:1]:5000");
    assertThat(type.read("::1")).hasToString("/[0:0:0:0:0:0:0:1]:0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "a.b:1", "300.1.1.1", "127.0.0.1:65536", "1:2", ":::"})
  void what_is_not_digits_is_not_looked_up(String text) {
    assertThat(new LocalAddresses().read(text)).isNull();
  }

  @Test
  void proxies_are_read_with_and_without_a_user() {
    Proxies type = new Proxies();

    Proxy plain = Objects.requireNonNull(type.read("socks5://proxy:1080"));
    assertThat(plain.kind()).isEqualTo(Proxy.Kind.SOCKS5);
    assertThat(plain).hasToString("socks5://proxy:1080");
    assertThat(plain.user()).isEmpty();
    Proxy named = Objects.requireNonNull(type.read("http://al%40ice:p@ss:w+rd%2F@[::1]:8080/"));
    assertThat(named.kind()).isEqualTo(Proxy.Kind.HTTP);
    assertThat(named.host()).isEqualTo("::1");
    assertThat(named.port()).isEqualTo(8080);
    assertThat(named.user()).contains("al@ice");
    assertThat(named.password()).contains("p@ss:w+rd/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy:1080",
        "socks4://p:1",
        "http://p",
        "http://:80",
        "http://u@p:80",
        "http://p:0",
        "http://u:%zz@p:80",
        "http://",
        "https://p:80",
        "http://p:80/path"
      })
  void what_is_not_a_proxy_is_none(String text) {
    assertThat(new Proxies().read(text)).isNull();
  }

  @Test
  void texts_are_as_long_as_the_wire_allows() {
    Texts type = Texts.upTo(3);

    assertThat(type.accepts("äx")).isTrue();
    assertThat(type.accepts("ää")).isFalse();
    assertThat(Texts.notEmpty().accepts("")).isFalse();
  }
}
