package io.ottla.config;

import static io.ottla.config.ConnectionKeys.CLIENT_ID;
import static io.ottla.config.ConnectionKeys.REQUEST_TIMEOUT;
import static io.ottla.config.ConnectionKeys.SEND_BUFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ottla.error.ConfigException;
import io.ottla.testkit.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Scenario("L4")
final class OptionDraftTest {
  private final OptionDraft draft = new OptionDraft(OptionTable.CLUSTER);

  @Test
  void an_option_is_given_by_any_of_its_names() {
    for (String name : List.of("request.timeout", "request.timeout.ms", "socket.timeout.ms")) {
      OptionDraft one = new OptionDraft(OptionTable.CLUSTER);
      one.set(name, "5s");

      assertThat(one.build().get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_bare_number_means_milliseconds_only_where_the_name_says_so() {
    draft.set("request.timeout.ms", "1500");
    assertThat(draft.build().get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofMillis(1500));

    OptionDraft other = new OptionDraft(OptionTable.CLUSTER);
    other.set("request.timeout", "1500");
    assertThat(refusal(other))
        .hasMessage(
            "request.timeout = 1500 is not accepted: a duration such as 500ms, 30s or 2m, of 1 to"
                + " 2147483647 ms");
  }

  @Test
  void what_kafka_says_by_a_negative_number_is_understood() {
    draft.load(Map.of("connections.max.idle.ms", "-1", "send.buffer.bytes", -1), "a map");
    OptionValues values = draft.build();

    assertThat(values.get(ConnectionKeys.IDLE_TIMEOUT)).isZero();
    assertThat(values.find(SEND_BUFFER)).isEmpty();
    OptionDraft librdkafka = new OptionDraft(OptionTable.CLUSTER);
    librdkafka.set("socket.send.buffer.bytes", "0");
    assertThat(librdkafka.build().find(SEND_BUFFER)).isEmpty();
  }

  @Test
  void later_layers_replace_earlier_ones_by_whatever_name() {
    draft.load(Map.of("socket.timeout.ms", "1000"), "a file");
    draft.load(Map.of("request.timeout.ms", "2000"), "-X");
    assertThat(draft.build().get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(2));

    draft.put(REQUEST_TIMEOUT, Duration.ofSeconds(3));
    assertThat(draft.build().get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));

    draft.set("socket.timeout.ms", "4000");
    assertThat(draft.build().get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void a_mistake_that_is_replaced_is_none() {
    draft.load(Map.of("request.timeout", "soon"), "a file");
    draft.set("request.timeout", "5s");

    assertThat(draft.build().get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void one_option_under_two_names_in_one_layer_is_told_with_both() {
    Map<String, String> twice = new LinkedHashMap<>();
    twice.put("request.timeout.ms", "1000");
    twice.put("socket.timeout.ms", "1000");
    draft.load(twice, "client.properties");

    assertThat(refusal(draft))
        .hasMessage(
            "socket.timeout.ms = 1000 (client.properties) is not accepted: it says the same as"
                + " request.timeout.ms = 1000 (client.properties); leave one of them");
  }

  @ParameterizedTest
  @CsvSource({
    "requst.timeout, request.timeout",
    "request_timeout, request.timeout",
    "socket.timeout.m, 'socket.timeout.ms, librdkafka''s name of request.timeout'",
    "client.ID, client.id",
    "key.serialiser, key.serializer",
  })
  void an_unknown_name_is_told_with_the_nearest(String unknown, String nearest) {
    draft.load(Map.of(unknown, "canary"), "client.properties:3");

    ConfigException refusal = refusal(draft);
    assertThat(refusal)
        .hasMessage(
            unknown
                + " = [hidden] (client.properties:3) is not accepted: no option has this name; did"
                + " you mean "
                + nearest
                + "?");
    assertThat(refusal.from()).contains("client.properties:3");
  }

  @Test
  void a_name_like_no_other_is_told_where_to_look() {
    draft.set("flux.capacitor", "1.21GW");

    assertThat(refusal(draft)).hasMessageEndingWith("docs/configuration.md lists them");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    draft.load(Map.of("max.frame", "1"), "a map");
    draft.put(REQUEST_TIMEOUT, Duration.ZERO);
    draft.set("retrys", "3");

    ConfigException refusal = refusal(draft);
    assertThat(refusal).hasMessageStartingWith("3 options cannot be as they are:\n");
    assertThat(refusal)
        .hasMessageContainingAll("max.frame = 1 (a map)", "request.timeout = PT0S", "retries?");
    assertThat(String.valueOf(refusal.getMessage()).lines()).hasSize(4);
  }

  @Test
  void what_others_know_and_we_have_no_use_for_is_a_note() {
    draft.load(Map.of("key.serializer", String.class, "linger", "5ms", "keep.results", 3), "a map");

    assertThat(draft.build().notes())
        .containsExactlyInAnyOrder(
            "key.serializer (a map) has no effect: how records become bytes is told to producers"
                + " and consumers, in code",
            "linger (a map) has no effect: it is an option of a producer, not of a cluster",
            "keep.results (a map) has no effect: it is an option of a broker, not of a cluster");
  }

  @Test
  void a_value_that_asks_for_what_is_so_anyway_is_not_worth_a_note() {
    draft.set("client.dns.lookup", "use_all_dns_ips");
    assertThat(draft.build().notes()).isEmpty();

    draft.set("client.dns.lookup", "resolve_canonical_bootstrap_servers_only");
    assertThat(draft.build().notes()).hasSize(1);
  }

  @Test
  void what_cannot_be_left_out_without_harm_is_an_error() {
    draft.set("ssl.crl.location", "crl.pem");

    assertThat(refusal(draft))
        .hasMessage(
            "ssl.crl.location = [hidden] is not accepted: lists of revoked certificates are not"
                + " read");
    OptionDraft other = new OptionDraft(OptionTable.CLUSTER);
    other.set("enable.ssl.certificate.verification", "false");
    assertThat(refusal(other)).hasMessageContaining("certificates are always verified");
    OptionDraft harmless = new OptionDraft(OptionTable.CLUSTER);
    harmless.set("enable.ssl.certificate.verification", "true");
    assertThat(harmless.build().notes()).isEmpty();
  }

  @Test
  void maps_hold_texts_and_what_options_are() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("request.timeout.ms", Duration.ofSeconds(7));
    values.put("retries", 3);
    values.put("tcp.no.delay", false);
    values.put("bootstrap.servers", List.of("a:1", "b:2"));
    values.put("client.id", null);
    draft.load(values, "a map");
    OptionValues options = draft.build();

    assertThat(options.get(REQUEST_TIMEOUT)).isEqualTo(Duration.ofSeconds(7));
    assertThat(options.get(ConnectionKeys.CLUSTER_RETRIES)).isEqualTo(3);
    assertThat(options.get(ConnectionKeys.TCP_NO_DELAY)).isFalse();
    assertThat(options.get(ConnectionKeys.BOOTSTRAP_SERVERS)).hasSize(2);
    assertThat(options.get(CLIENT_ID)).isEqualTo("ottla");
    assertThat(options.isGiven(CLIENT_ID)).isFalse();
  }

  // kafka-clients' Password prints [hidden]; that is not the password.
  @Test
  void an_object_whose_text_is_not_its_value_is_refused() {
    draft.load(Map.of("max.frame", new Object()), "a map");

    assertThat(refusal(draft)).hasMessageContaining("max.frame = [a java.lang.Object]");
  }

  @Test
  void properties_are_read_with_their_defaults() {
    Properties defaults = new Properties();
    defaults.setProperty("client.id", "from-defaults");
    Properties properties = new Properties(defaults);
    properties.put("retries", 5);
    draft.load(properties, "properties");

    assertThat(draft.build().get(CLIENT_ID)).isEqualTo("from-defaults");
    assertThat(draft.build().get(ConnectionKeys.CLUSTER_RETRIES)).isEqualTo(5);
  }

  @Test
  void files_say_which_line_is_wrong(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("client.properties");
    Files.writeString(file, "# mine\nclient.id=a\n\nrequest.timeout.ms=\\\n  never\n");
    draft.load(file);

    assertThat(refusal(draft).from()).contains(file + ":4");
    assertThat(refusal(draft))
        .hasMessageStartingWith("request.timeout.ms = never (" + file + ":4)");
  }

  @Test
  void a_key_twice_in_a_file_is_a_note(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("client.properties");
    Files.writeString(file, "client.id=a\nclient.id=b\n");
    draft.load(file);
    OptionValues values = draft.build();

    assertThat(values.get(CLIENT_ID)).isEqualTo("b");
    assertThat(values.notes())
        .containsExactly(
            "client.id (" + file + ":1) has no effect: it is given again in " + file + ":2");
  }

  @Test
  void a_file_that_is_not_there_is_told_at_once() {
    ConfigException refusal =
        catchThrowableOfType(
            ConfigException.class, () -> draft.load(Path.of("no-such.properties")));

    assertThat(refusal).hasMessageContainingAll("no-such.properties", "NoSuchFile");
  }

  @Test
  void values_print_what_was_given_and_no_secret() {
    draft.set("proxy", "http://alice:canary@proxy:80");
    draft.set("client.id", "me");

    assertThat(draft.build()).hasToString("[proxy=[hidden], client.id=me]");
    OptionDraft wrong = new OptionDraft(OptionTable.CLUSTER);
    wrong.set("proxy", "canary");
    assertThat(refusal(wrong))
        .hasMessageStartingWith("proxy = [hidden] is not accepted: socks5://");
  }

  private static ConfigException refusal(OptionDraft draft) {
    return catchThrowableOfType(ConfigException.class, draft::build);
  }
}
